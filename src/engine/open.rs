//! A source → the plan of its scan: format, dialect and header from the head, types speculated from a sample. The
//! speculation only lets the scan begin; what the columns are is decided by the tallies of the whole scan.

use super::many;
use super::options::{GovernedColumn, Governing, Options};
use super::plan::{Format, Pass, Plan};
use super::text::{reader, record_start};
use crate::block::Unit;
use crate::cell::{Type, limits, temporal, tokens};
use crate::contract;
use crate::error::{Error, Kind, Result};
use crate::issue::{Code, Place};
use crate::read::sniff::{self, Sniffed};
use crate::read::{csv, gzip, header, json};
use crate::sketch::content::Content;
use crate::sketch::partial::{Partial, Scanner};
use crate::sketch::places::LocalPlace;
use crate::source::Source;

/// Bytes of the file's head that are looked at, and of the pieces in its middle and at its end: so many rows that they
/// tell a column of a million values from one of some hundred thousand.
const HEAD_BYTES: usize = 256 << 10;
/// Bytes of each of the three for a first look.
const LOOK_BYTES: usize = 64 << 10;

/// Makes the plan of a scan.
///
/// # Errors
/// Where the format is not one that is read, the container is damaged, or the source cannot be read.
pub fn open(source: &dyn Source, options: &Options, governing: Governing) -> Result<Plan> {
    let mut plan = open_any(source, options, governing)?;
    if plan.governing.types_only {
        plan.governing.contract = None;
    }
    Ok(plan)
}

fn open_any(source: &dyn Source, options: &Options, governing: Governing) -> Result<Plan> {
    let binary = [".parquet", ".arrow", ".feather"].iter().any(|ending| options.name.ends_with(ending));
    if source.is_empty() && binary {
        return Err(Error::new(Kind::Damaged, format!("{:?} is empty: 0 bytes", options.name))
            .with_hint("it was probably never written, or its copy failed"));
    }
    let mut head = Head::read(source, HEAD_BYTES)?;
    let sniffed = sniff::sniff(&head.bytes, head.whole, &options.name)?;
    let mut plan = blank(source, options, governing);
    if sniffed.format == sniff::Format::Gzip {
        plan.gzip = true;
        head = Head::inflate(source, HEAD_BYTES)?;
        let inner = options.name.strip_suffix(".gz").unwrap_or(&options.name);
        let sniffed = sniff::sniff(&head.bytes, head.whole, inner)?;
        return open_as(source, plan, head, sniffed, options);
    }
    open_as(source, plan, head, sniffed, options)
}

fn open_as(
    source: &dyn Source,
    mut plan: Plan,
    mut head: Head,
    sniffed: Sniffed,
    options: &Options,
) -> Result<Plan> {
    plan.bom = sniffed.bom > 0;
    if sniffed.html_page {
        plan.head.push((Code::HtmlPage as u8, 0, head_place(&head)));
    }
    if sniffed.error_body {
        plan.head.push((Code::ErrorBody as u8, 0, head_place(&head)));
    }
    match sniffed.format {
        sniff::Format::Csv => open_csv(source, &mut plan, &mut head, sniffed, options)?,
        sniff::Format::JsonLines => open_json(&mut plan, &head, sniffed, Format::JsonLines, options),
        sniff::Format::Json => open_json(&mut plan, &head, sniffed, Format::JsonArray, options),
        _ if plan.gzip => {
            return Err(Error::new(Kind::Unsupported, "a gzip file of something else than CSV or JSON")
                .with_hint("decompress it first"));
        }
        sniff::Format::Parquet | sniff::Format::ArrowFile | sniff::Format::ArrowStream => {
            return open_columnar(source, plan, sniffed);
        }
        sniff::Format::Profile => {
            return Err(Error::new(Kind::NotThisFormat, "a saved profile is not a data file")
                .with_hint("compare it: driftline drift --reference FILE PROFILE"));
        }
        sniff::Format::Gzip => return Err(Error::new(Kind::Unsupported, "a gzip file within a gzip file")),
    }
    govern_by_contract(&mut plan)?;
    speculate(source, &mut plan, &head)?;
    Ok(plan)
}

/// Adds what the plan's contract says about its columns to what governs them; the contract comes before all else.
///
/// # Errors
/// Those of the contract.
pub(super) fn govern_by_contract(plan: &mut Plan) -> Result<()> {
    let Some(agreed) = plan.governing.contract.clone() else { return Ok(()) };
    let contract = agreed.contract()?;
    let names: Vec<&str> = plan.columns.iter().map(|it| it.name.as_str()).collect();
    let object = match contract.object(None, &plan.name) {
        Ok(object) => object,
        // The reference need not be called as the file is.
        Err(_) if plan.governing.types_only => return Ok(()),
        Err(error) => return Err(error),
    };
    for told in object.governs(&names) {
        let name = names.get(told.column).copied().unwrap_or_default();
        // Dates in a format that is not parsed: text with the spellings of missing that dates have.
        let is_text = told.ty == Some(Type::Text) && told.format.is_some();
        let formats = told.format.as_deref().and_then(temporal::format_bit).filter(|_| !is_text);
        let nulls = (is_text && plan.format == Format::Csv).then_some(tokens::FULL);
        let known = plan.governing.columns.iter_mut().find(|it| it.name == name);
        let column = match known {
            Some(column) => column,
            None => {
                plan.governing.columns.push(GovernedColumn {
                    name: name.to_owned(),
                    ty: None,
                    yields: false,
                    formats: 0,
                    nulls: None,
                    more_nulls: Vec::new(),
                    spelled: None,
                });
                // OK because one was just pushed.
                let last = plan.governing.columns.len() - 1;
                &mut plan.governing.columns[last]
            }
        };
        column.ty = told.ty.or(column.ty);
        column.yields &= told.ty.is_none();
        column.spelled = told.spelled.or(if told.ty.is_some() { None } else { column.spelled.take() });
        column.formats = formats.unwrap_or(if told.ty.is_some() { 0 } else { column.formats });
        column.formats |= told.strictness;
        column.nulls = told.usual_nulls.or(nulls).or(if told.ty.is_some() { None } else { column.nulls });
        column.more_nulls.extend(told.nulls);
    }
    for column in &mut plan.columns {
        if let Some(told) = plan.governing.columns.iter().find(|it| it.name == column.name) {
            for null in &told.more_nulls {
                if !column.more_nulls.contains(null) {
                    column.more_nulls.push(null.clone());
                }
            }
        }
    }
    Ok(())
}

/// How the plan's contract says that CSV is written, and the names that its columns may have.
fn agreed_dialect(plan: &Plan) -> Result<(contract::Dialect, Vec<String>)> {
    let Some(agreed) = &plan.governing.contract else { return Ok(Default::default()) };
    let contract = agreed.contract()?;
    let object = contract.object(None, &plan.name)?;
    Ok((object.dialect, object.properties.iter().map(|it| it.column().to_owned()).collect()))
}

fn blank(source: &dyn Source, options: &Options, mut governing: Governing) -> Plan {
    let budget = options.budget();
    for (name, ty) in &options.types {
        match governing.columns.iter_mut().find(|it| it.name == *name) {
            Some(column) => (column.ty, column.yields) = (Some(*ty), false),
            None => governing.columns.push(GovernedColumn {
                name: name.clone(),
                ty: Some(*ty),
                yields: false,
                formats: 0,
                nulls: None,
                more_nulls: Vec::new(),
                spelled: None,
            }),
        }
    }
    Plan {
        name: options.name.clone(),
        bytes: source.len(),
        format: Format::Csv,
        gzip: false,
        bom: false,
        dialect: csv::Dialect::default(),
        header: true,
        origin: 0,
        data_start: 0,
        data_line: 0,
        columns: Vec::new(),
        head: Vec::new(),
        groups: 0,
        footer: Vec::new(),
        budget: (budget.memory, budget.seed, budget.places as u64),
        governing,
        run_bytes: (options.unit_bytes as u64).min(super::options::UNIT_BYTES as u64),
        many: Vec::new(),
        pass: Pass::Profile,
        repeated: Vec::new(),
        spreads: Vec::new(),
        round: 0,
    }
}

/// The first bytes of a source, decompressed.
struct Head {
    bytes: Vec<u8>,
    /// Whether they are all there are.
    whole: bool,
}

impl Head {
    fn read(source: &dyn Source, most: usize) -> Result<Head> {
        let n = source.len().min(most as u64) as usize;
        let mut bytes = vec![0; n];
        source.read_at(0, &mut bytes)?;
        Ok(Head { bytes, whole: n as u64 == source.len() })
    }

    fn inflate(source: &dyn Source, most: usize) -> Result<Head> {
        let mut inflate = gzip::Inflate::default();
        let mut bytes = Vec::new();
        let mut at = 0;
        while bytes.len() < most {
            let n = (source.len() - at).min(64 << 10) as usize;
            if n == 0 {
                inflate.finish()?;
                return Ok(Head { bytes, whole: true });
            }
            let mut compressed = vec![0; n];
            source.read_at(at, &mut compressed)?;
            at += inflate.feed(&compressed, &mut bytes)? as u64;
        }
        bytes.truncate(most);
        Ok(Head { bytes, whole: false })
    }

    fn longer(&self, source: &dyn Source, gzip: bool) -> Result<Head> {
        let most = self.bytes.len() * 2;
        if gzip { Head::inflate(source, most) } else { Head::read(source, most) }
    }
}

fn head_place(head: &Head) -> LocalPlace {
    LocalPlace {
        segment: 0,
        row: None,
        line: Some(0),
        byte: Some(0),
        text: crate::sketch::places::kept(&head.bytes),
        present: true,
    }
}

fn open_csv(
    source: &dyn Source,
    plan: &mut Plan,
    head: &mut Head,
    sniffed: Sniffed,
    options: &Options,
) -> Result<()> {
    plan.format = Format::Csv;
    let hint = match options.name.trim_end_matches(".gz").rsplit('.').next() {
        Some("tsv" | "tab") => Some(b'\t'),
        _ => None,
    };
    let (agreed, names) = agreed_dialect(plan)?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let given = contract::Dialect {
        delimiter: options.delimiter.or(agreed.delimiter),
        quote: options.quote.or(agreed.quote),
        header: options.header.or(agreed.header),
    };
    let found = csv::sniff(&head.bytes[sniffed.bom..], head.whole, given.delimiter.or(hint), &names);
    let told = plan.governing.dialect;
    plan.origin = match (given != contract::Dialect::default(), told) {
        (true, _) => 1,
        (false, Some(_)) => 2,
        (false, None) => 0,
    };
    let (delimiter, quote, has_header) =
        told.unwrap_or((found.dialect.delimiter, found.dialect.quote, found.header));
    plan.dialect =
        csv::Dialect { delimiter: given.delimiter.unwrap_or(delimiter), quote: given.quote.unwrap_or(quote) };
    plan.header = given.header.unwrap_or(has_header);
    plan.data_start = sniffed.bom as u64;
    let first = loop {
        let first = csv::records(&head.bytes[sniffed.bom..], plan.dialect, head.whole, 1).into_iter().next();
        if first.is_some() || head.whole {
            break first;
        }
        if head.bytes.len() > limits::RECORD_BYTES {
            let what = format!("the first record is longer than {} MiB", limits::RECORD_BYTES >> 20);
            return Err(
                Error::new(Kind::Limit, what).with_hint("is it really CSV? see --delimiter and --quote")
            );
        }
        *head = head.longer(source, plan.gzip)?;
    };
    let Some(first) = first else { return Ok(()) };
    let names = if plan.header {
        let named = header::named(&first, sniffed.bom as u64, 0);
        plan.data_start += first.end as u64;
        plan.data_line = first.next_line;
        plan.head.extend(named.issues.iter().map(|issue| {
            (issue.code as u8, issue.column.map_or(0, |it| it as u64 + 1), header_place(&issue.place))
        }));
        named.names
    } else {
        header::unnamed(first.cells.len().max(found.n_columns).min(limits::COLUMNS))
    };
    plan.columns = names.into_iter().map(|name| plan.column(name, &options.nulls)).collect();
    Ok(())
}

fn header_place(place: &Place) -> LocalPlace {
    LocalPlace {
        segment: 0,
        row: None,
        line: place.line.map(|line| line.saturating_sub(1)),
        byte: place.byte,
        text: place.text.clone().into_bytes(),
        present: true,
    }
}

fn open_json(plan: &mut Plan, head: &Head, sniffed: Sniffed, format: Format, options: &Options) {
    plan.format = format;
    plan.data_start = sniffed.bom as u64;
    let shape = if format == Format::JsonArray { json::Shape::Array } else { json::Shape::Lines };
    let names = json::columns_of(&head.bytes[sniffed.bom..], shape, head.whole);
    plan.columns =
        names.into_iter().take(limits::COLUMNS).map(|name| plan.column(name, &options.nulls)).collect();
}

#[cfg(feature = "columnar")]
fn open_columnar(source: &dyn Source, mut plan: Plan, sniffed: Sniffed) -> Result<Plan> {
    use crate::cell::plan::ColumnPlan;
    use crate::read::{arrow, parquet};
    let leaves = if sniffed.format == sniff::Format::Parquet {
        let file = parquet::open(source)?;
        plan.format = Format::Parquet;
        plan.groups = file.parts();
        plan.footer = file.footer().to_vec();
        file.columns().to_vec()
    } else {
        let file = arrow::open(source)?;
        plan.format =
            if sniffed.format == sniff::Format::ArrowFile { Format::ArrowFile } else { Format::ArrowStream };
        plan.groups = file.units() as u64;
        plan.footer = file.head().to_vec();
        file.columns().to_vec()
    };
    if leaves.len() > limits::COLUMNS {
        plan.head.push((
            Code::TooManyColumns as u8,
            0,
            LocalPlace {
                segment: 0,
                row: None,
                line: None,
                byte: None,
                text: leaves.len().to_string().into_bytes(),
                present: true,
            },
        ));
    }
    let names = Plan::unique_names(leaves.iter().map(|leaf| leaf.name.clone()));
    plan.columns = names
        .into_iter()
        .zip(&leaves)
        .map(|(name, leaf)| ColumnPlan {
            name,
            ty: leaf.ty,
            formats: 0,
            nulls: 0,
            more_nulls: Vec::new(),
            spelled: None,
            governed: false,
            typed: true,
        })
        .collect();
    Ok(plan)
}

#[cfg(not(feature = "columnar"))]
fn open_columnar(_: &dyn Source, _: Plan, _: Sniffed) -> Result<Plan> {
    Err(super::columnar::needs_columnar())
}

/// Types from a sample.
fn speculate(source: &dyn Source, plan: &mut Plan, head: &Head) -> Result<()> {
    if plan.columns.is_empty() {
        return Ok(());
    }
    let (sample, bytes) = sampled(source, plan, head, HEAD_BYTES)?;
    plan.columns = sample
        .columns
        .iter()
        .enumerate()
        .map(|(column, state)| plan.decided(column, &state.whole_tally()))
        .collect();
    plan.many = many::expected(plan, &sample, bytes);
    Ok(())
}

/// The sample again, with less of its head, read as the plan now says: what a first look at a text file shows.
pub(super) fn first_rows(source: &dyn Source, plan: &Plan) -> Result<Partial> {
    let head = if plan.gzip { Head::inflate(source, LOOK_BYTES)? } else { Head::read(source, LOOK_BYTES)? };
    Ok(sampled(source, plan, &head, LOOK_BYTES)?.0)
}

/// The head, and for splittable files pieces of so many bytes of the middle and of the end, no record twice; and how many
/// bytes their records are.
fn sampled(source: &dyn Source, plan: &Plan, head: &Head, piece: usize) -> Result<(Partial, u64)> {
    let mut scanner =
        Scanner::new(plan.columns.clone(), Vec::new(), plan.format.tallying(), plan.budget(), 0);
    let (mut rows, mut read) = (0, 0);
    let mut feed = |bytes: &[u8], last: bool| -> Result<u64> {
        let mut reader = reader(plan);
        let consumed = reader.feed(Unit { bytes, base: 0, last, stop: u64::MAX }, &mut scanner)? as u64;
        read += consumed;
        rows += reader.rows();
        Ok(consumed)
    };
    let start = (plan.data_start as usize).min(head.bytes.len());
    let mut end = start as u64 + feed(&head.bytes[start..], head.whole)?;
    if plan.is_splittable() && !head.whole {
        for middle in [plan.bytes / 2, plan.bytes.saturating_sub(piece as u64)] {
            let at = middle.max(end);
            let to = (middle + piece as u64).min(plan.bytes);
            let mut bytes = vec![0; to.saturating_sub(at) as usize];
            source.read_at(at, &mut bytes)?;
            // What follows on what was read begins with a record.
            let goes_on = at == end;
            let begin = if goes_on { Some(0) } else { record_start(&bytes, plan.format, plan.dialect) };
            if let Some(begin) = begin {
                end = at + begin as u64 + feed(&bytes[begin..], goes_on && to == plan.bytes)?;
            }
        }
    }
    Ok((scanner.finish(0, rows, 0, Content::default()), read))
}
