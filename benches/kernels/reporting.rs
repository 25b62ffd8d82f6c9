//! The site from a record.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use criterion::Throughput;
use modewise::pipeline::conclusion;
use modewise::plan::{Plan, plan};
use modewise::record::Record;
use modewise::record::assemble::assemble;
use modewise::record::provenance::provenance;
use modewise::record::text::{RecordText, text};
use modewise::report::Edition;
use modewise::report::html::Templates;
use modewise::report::site::files;
use modewise::run::{Shard, run};
use modewise::seed::MasterSeed;
use modewise::spec::claim::{Catalogue, Claim};
use modewise::store::Store;
use modewise::threads::Workers;

/// The claims whose record is rendered: quickly computed, with tables of thousands of numbers and several figures.
const CLAIMS: [&str; 2] = ["saddles/escape-rate", "hierarchy/coarse-before-fine"];

/// The claims with their plans and their cells, computed.
struct Computed {
    catalogue: Catalogue,
    plans: Vec<Plan>,
    store: Store,
}

impl Computed {
    fn new(specs: &Path) -> Self {
        let catalogue = modewise::spec::load(specs, Some("quick"), &modewise::experiment::Registry::built_in())
            .expect("the specs are valid");
        let chosen = catalogue.claims.iter().filter(|claim| CLAIMS.contains(&claim.id.as_str()));
        let plans: Vec<Plan> =
            chosen.map(|claim| plan(claim, MasterSeed::default()).expect("the claim was checked")).collect();
        let (store, workers) = (Store::memory(), Workers::new(1).expect("a machine has one thread"));
        run(&plans, &store, Shard::WHOLE, &workers, &|_| ()).expect("memory takes every cell");
        Self { catalogue, plans, store }
    }

    fn claim(&self, plan: &Plan) -> &Claim {
        self.catalogue.claims.iter().find(|claim| claim.id == plan.claim).expect("a plan is of a claim")
    }

    /// From the cells to the record.
    fn record(&self, specs: &Path) -> (Record, RecordText) {
        let conclude = |plan: &Plan| {
            let claim = self.claim(plan);
            conclusion(claim, plan, &self.store, MasterSeed::default()).expect("every cell was computed")
        };
        let conclusions = self.plans.iter().map(conclude).collect();
        let provenance = provenance(specs, self.plans.iter().map(|plan| &*self.claim(plan).kind));
        let assembled = assemble(&self.catalogue, conclusions, "specs", "quick", MasterSeed::default(), provenance);
        assembled.expect("the record is finite")
    }
}

/// What a report does when every cell is stored; bytes of the files.
pub(crate) fn site(criterion: &mut crate::Bencher) {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let computed = Computed::new(&specs);
    let (record, of_record) = computed.record(&specs);
    let templates = Templates::load(None).expect("the program's templates are right");
    let edition = Edition::default();
    let bytes = |record: &Record| -> usize {
        let bytes = AtomicUsize::new(0);
        let take = |_: &str, contents: &[&[u8]]| {
            bytes.fetch_add(contents.iter().map(|piece| piece.len()).sum(), Ordering::Relaxed);
            Ok(())
        };
        files(record, &of_record, &edition, &templates, &take).expect("the record can be rendered");
        bytes.into_inner()
    };
    let size = bytes(&record) as u64;
    let mut group = crate::slow(criterion, "report of two claims");
    group.bench_function("cells to record", |bencher| bencher.iter(|| computed.record(&specs)));
    group.throughput(Throughput::Bytes(size));
    group.bench_function("text and digest", |bencher| bencher.iter(|| text(&record)));
    group.bench_function("record to site", |bencher| bencher.iter(|| bytes(&record)));
    group.finish();
}
