//! Shards, stores and threads: any way to the cells gives the same record.

use super::project::{Project, ran};

/// The record that a project's report writes from a store.
fn record(project: &Project, arguments: &[&str]) -> Vec<u8> {
    let ran = project.run(&[&["report", "--quiet", "--out", "out/site"], arguments].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    project.read("out/record.json")
}

#[test]
fn shards_merge_to_the_record_of_one_run() {
    let project = Project::holding();
    let expected = record(&project, &["--store", "whole", "--jobs", "1"]);
    assert!(record(&project, &["--no-store", "--jobs", "2"]) == expected, "two threads");
    for number in ["1", "2", "3", "4", "5"] {
        let (shard, store) = (format!("{number}/5"), format!("part-{number}"));
        assert_eq!(project.run(&["run", "--shard", &shard, "--store", &store]).code, 0);
    }
    // The last of five shards of four cells has nothing to do, and so no store.
    assert!(!project.path("part-5").exists());
    let merged = project.run(&["merge", "part-1", "part-2", "part-3", "part-4", "--store", "merged"]);
    assert_eq!((merged.code, merged.stdout.as_str()), (0, "4 cells copied, 0 already there\n"));
    assert_eq!(project.run(&["status", "--store", "merged"]).code, 0);
    let again = project.run(&["merge", "part-1", "part-2", "part-3", "part-4", "--store", "merged"]);
    assert_eq!(again.stdout, "0 cells copied, 4 already there\n");
    assert!(record(&project, &["--store", "merged"]) == expected, "five shards");
}

#[test]
fn a_merge_reports_what_it_does_not_copy() {
    let project = Project::holding();
    project.run(&["run", "--store", "part"]);
    let name = "ab".repeat(32);
    project.write(&format!("part/ab/{name}.cell"), "nonsense");
    let merged = project.run(&["merge", "part", "--store", "merged"]);
    assert_eq!((merged.code, merged.stdout.as_str()), (0, "4 cells copied, 0 already there\n"));
    let warning =
        format!("warning: `part/ab/{name}.cell` is not a cell of this version of modewise; it was not copied\n");
    assert_eq!(merged.stderr, warning);
}

#[test]
fn a_job_array_says_its_own_shard() {
    let project = Project::holding();
    for (id, minimum) in [("1", "1"), ("2", "1")] {
        let mut command = project.command(&["run", "--shard", "auto", "--quiet"]);
        command.env("SLURM_ARRAY_TASK_ID", id).env("SLURM_ARRAY_TASK_COUNT", "2").env("SLURM_ARRAY_TASK_MIN", minimum);
        assert_eq!(ran(command).code, 0, "task {id}");
    }
    assert_eq!(project.run(&["status"]).code, 0);
    let mut command = project.command(&["run", "--shard", "auto"]);
    command.env_remove("SLURM_ARRAY_TASK_ID");
    let outside = ran(command);
    assert_eq!(outside.code, 2);
    assert!(outside.stderr.contains("needs a Slurm job array, but SLURM_ARRAY_TASK_ID is not set"), "{outside:?}");
}
