//! What each stage of a scan costs, in bytes a second and nanoseconds a cell: on `target/data/bench/churn-100k.csv`, or
//! the file that `BENCH_CSV` names. Criterion measures; the table of its medians is printed at the end and written to
//! `target/bench/stages.md`.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::disallowed_methods
)]

mod blocks;
mod table;

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion, SamplingMode, Throughput};
use driftline::block::{RecordReader, Unit};
use driftline::engine::{self, Governing, Options, Plan, Request, Run, Scanned};
use driftline::read::csv::CsvReader;
use driftline::report::json;
use driftline::sketch::content::Content;
use driftline::sketch::partial::{Partial, Scanner};

use blocks::{Blocks, Nothing};
use table::{Stage, Stages};

/// Columns of the table, each the example of a type.
const COLUMNS: [(&str, &str); 9] = [
    ("integer", "calls_per_month"),
    ("integer, unique", "customer_id"),
    ("float", "total_charge"),
    ("date", "signup_date"),
    ("timestamp", "last_login"),
    ("boolean", "churned"),
    ("category", "plan"),
    ("text, unique", "account_uuid"),
    ("text, free", "comment"),
];

/// How often a column is repeated where it is sketched alone.
const COPIES: usize = 8;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn main() {
    let path = std::env::var_os("BENCH_CSV")
        .map_or_else(|| root().join("target/data/bench/churn-100k.csv"), PathBuf::from);
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("{} is missing: make it with `make bench-data`", path.display());
        std::process::exit(2);
    };
    let home = root().join("target/criterion");
    let mut criterion = Criterion::default()
        .output_directory(&home)
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let mut stages = Stages::default();
    measure(&mut criterion, &mut stages, &bytes);
    criterion.final_summary();
    stages.print(&home, &root().join("target/bench/stages.md"), &path);
}

fn measure(criterion: &mut Criterion, stages: &mut Stages, bytes: &[u8]) {
    let options = Options { name: "churn.csv".into(), ..Options::default() };
    let plan = engine::open(&bytes, &options, Governing::default()).unwrap();
    let all = Blocks::read(bytes, &plan);
    let mut bench = Bench { criterion, stages };

    let whole = Stage::new("tokenise", bytes.len(), all.cells());
    bench.run(whole, || feed(bytes, &plan, &mut Nothing));
    for (kind, name) in COLUMNS {
        if let Some(column) = plan.columns.iter().position(|it| it.name == name) {
            let mut plan = plan.clone();
            plan.budget.0 = plan.budget.0 * COPIES as u64 / plan.columns.len() as u64;
            plan.columns = vec![plan.columns[column].clone(); COPIES];
            let only = all.column(column, COPIES);
            let stage = Stage::new(&format!("sketch {kind}"), only.bytes(), only.cells());
            bench.run(stage, || sketch(&only, &plan));
        }
    }
    bench.run(Stage::new("sketch all columns", bytes.len(), all.cells()), || sketch(&all, &plan));

    let halves: Vec<Scanned> = plan.runs(2).iter().map(|run| scan(bytes, &plan, *run, &options)).collect();
    bench.group(Stage::new("merge two halves", bytes.len(), all.cells()), |bencher| {
        let halves = || (plan.clone(), halves.clone());
        bencher.iter_batched(
            halves,
            |(plan, halves)| engine::settle(plan, halves).unwrap(),
            BatchSize::PerIteration,
        );
    });
    let state = engine::scan(&bytes, &options, Governing::default(), &|_| ()).unwrap();
    bench.run(Stage::new("profile and report", bytes.len(), all.cells()), || {
        let request = Request { current: &state, reference: None, as_of: None, drift: None };
        json::bytes(&engine::report(request).unwrap(), json::Layout::Compact).unwrap()
    });
    for threads in [1, 2] {
        let options = Options { threads, ..options.clone() };
        let stage = Stage::new(&format!("whole file, {threads} threads"), bytes.len(), all.cells());
        bench.run(stage, || engine::scan(&bytes, &options, Governing::default(), &|_| ()).unwrap());
    }
}

struct Bench<'a> {
    criterion: &'a mut Criterion,
    stages: &'a mut Stages,
}

impl Bench<'_> {
    fn run<T>(&mut self, stage: Stage, mut work: impl FnMut() -> T) {
        self.group(stage, |bencher| bencher.iter(|| black_box(work())));
    }

    fn group(&mut self, mut stage: Stage, work: impl FnMut(&mut criterion::Bencher<'_>)) {
        let (began, before) = (Instant::now(), table::cpu_seconds());
        let mut group = self.criterion.benchmark_group(table::GROUP);
        group.sampling_mode(SamplingMode::Flat).throughput(Throughput::Bytes(stage.bytes as u64));
        group.bench_function(&stage.name, work);
        group.finish();
        let used = table::cpu_seconds().zip(before).map(|(after, before)| after - before);
        stage.share = used.map(|used| used / began.elapsed().as_secs_f64());
        self.stages.add(stage);
    }
}

fn feed(bytes: &[u8], plan: &Plan, sink: &mut dyn driftline::block::Sink) -> usize {
    let start = usize::try_from(plan.data_start).unwrap();
    let mut reader = CsvReader::new(plan.dialect, plan.columns.len());
    let unit = Unit { bytes: &bytes[start..], base: plan.data_start, last: true, stop: u64::MAX };
    reader.feed(unit, sink).unwrap()
}

fn sketch(blocks: &Blocks<'_>, plan: &Plan) -> Partial {
    let mut scanner =
        Scanner::new(plan.columns.clone(), Vec::new(), plan.format.tallying(), plan.budget(), 0);
    blocks.send(&mut scanner);
    scanner.finish(plan.bytes, blocks.rows(), blocks.rows(), Content::default())
}

fn scan(bytes: &[u8], plan: &Plan, run: Run, options: &Options) -> Scanned {
    engine::scan_run(&bytes, plan, run, options.unit_bytes, &|_| ()).unwrap()
}
