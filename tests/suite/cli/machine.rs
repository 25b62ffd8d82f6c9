//! Shards by the variables of a scheduler.

use modewise::cli::machine::slurm_shard;

/// The shard, or the error, of a task by id, count, minimum and step.
fn shard(id: &str, count: &str, minimum: &str, step: &str) -> Result<String, String> {
    let named = |name: &str| match name {
        "SLURM_ARRAY_TASK_ID" => Some(id),
        "SLURM_ARRAY_TASK_COUNT" => Some(count),
        "SLURM_ARRAY_TASK_MIN" => Some(minimum),
        "SLURM_ARRAY_TASK_STEP" => Some(step),
        _ => None,
    };
    let set = |name: &str| named(name).filter(|value| !value.is_empty()).map(str::to_owned);
    slurm_shard(set).map(|shard| shard.to_string())
}

#[test]
fn tasks_of_an_array_have_the_shards_from_first_to_last() {
    let cases = [
        ("1", "8", "1", "1", "1/8"),
        ("8", "8", "1", "1", "8/8"),
        ("0", "4", "0", "1", "1/4"),
        ("3", "4", "0", "", "4/4"),
        ("10", "3", "10", "5", "1/3"),
        ("20", "3", "10", "5", "3/3"),
    ];
    for (id, count, minimum, step, expected) in cases {
        assert_eq!(shard(id, count, minimum, step).as_deref(), Ok(expected), "task {id} of {count} from {minimum}");
    }
}

#[test]
fn tasks_that_are_no_share_are_refused() {
    let cases = [
        ("", "8", "1", "1", "`--shard auto` needs a Slurm job array, but SLURM_ARRAY_TASK_ID is not set"),
        ("1", "", "1", "1", "`--shard auto` needs a Slurm job array, but SLURM_ARRAY_TASK_COUNT is not set"),
        ("1", "8", "", "1", "`--shard auto` needs a Slurm job array, but SLURM_ARRAY_TASK_MIN is not set"),
        ("x", "8", "1", "1", "SLURM_ARRAY_TASK_ID is `x` (allowed: a whole number)"),
        ("0", "8", "1", "1", "task 0 is not one of 8 tasks from 1 in steps of 1: name the share, as in `--shard 2/8`"),
        ("9", "8", "1", "1", "task 9 is not one of 8 tasks from 1 in steps of 1: name the share, as in `--shard 2/8`"),
        ("2", "8", "1", "2", "task 2 is not one of 8 tasks from 1 in steps of 2: name the share, as in `--shard 2/8`"),
        ("1", "8", "1", "0", "task 1 is not one of 8 tasks from 1 in steps of 0: name the share, as in `--shard 2/8`"),
    ];
    for (id, count, minimum, step, expected) in cases {
        assert_eq!(shard(id, count, minimum, step), Err(expected.to_owned()));
    }
}
