//! A settled scan → every cell that breaks a rule, not the first of them: the file is scanned again, part by part, and a part
//! with too many offenders in smaller parts, so that memory does not grow with the file or with what is wrong with it.

use super::pieces::Stretch;
use super::plan::{Plan, Run};
use super::quarantine::{Offender, Rule};
use super::reference::Reference;
use super::report::agreed;
use super::scan::{Found, Scan, Scanned};
use super::settle::State;
use crate::error::{Error, Kind, Result};
use crate::finding::{Finding, Violation};
use crate::issue::Code;
use crate::profile::Profile;
use crate::sketch::content::BLOCK;
use crate::sketch::pack::{damaged, pack_struct};
use crate::sketch::partial::Partial;
use crate::sketch::places::Places;
use crate::sketch::rows::RowTally;

/// Bytes of a part.
const PART: u64 = 64 << 20;
/// Offenders of a rule in a part.
const MOST: u64 = 1 << 16;
/// The same in a part that cannot be cut.
const MOST_UNCUT: u64 = 1 << 20;

/// What a locating scan starts from; small enough to be sent around.
#[derive(Debug, Clone)]
pub struct Settling {
    /// How the file was read at last.
    pub plan: Plan,
    /// The rules of its contract, in the order of their findings in the report.
    pub rules: Vec<Rule>,
    /// The place of each in the contract; beyond the last where it has no offenders.
    places: Vec<u64>,
}

pack_struct!(Settling { plan, rules, places });

impl Settling {
    /// Of a scan that was settled; gates on drift need what it was compared with.
    ///
    /// # Errors
    /// Those of the contract.
    pub fn of(
        state: &State,
        profile: &Profile,
        as_of: Option<&str>,
        reference: Option<&Reference>,
    ) -> Result<Settling> {
        let found = agreed(state, profile, as_of, reference)?;
        // What is not run has no offenders, also where it could be run on a part.
        let place = |(at, it): &(usize, Finding)| if it.count > 0 { *at as u64 } else { u64::MAX };
        let places = found.iter().map(place).collect();
        let rule = |(_, finding): (usize, Finding)| Rule {
            id: finding.rule.to_owned(),
            severity: finding.severity.id().to_owned(),
            message: finding.message,
        };
        Ok(Settling { plan: state.plan.clone(), rules: found.into_iter().map(rule).collect(), places })
    }
}

/// A part of the file that was scanned.
#[derive(Debug)]
pub struct Part {
    /// Where it lies; of a columnar file groups, not bytes.
    pub stretch: Stretch,
    /// Its offenders, by rule in the order of [`Settling::rules`], in file order.
    pub offenders: Vec<Vec<Violation>>,
}

impl Part {
    /// All of them, with their rules.
    pub fn offenders(&self) -> impl Iterator<Item = Offender<'_>> {
        self.offenders.iter().enumerate().flat_map(|(rule, places)| {
            places.iter().map(move |it| Offender {
                rule,
                row: it.row,
                line: it.line,
                byte: it.byte,
                column: &it.column,
                value: it.value.as_deref(),
            })
        })
    }
}

/// Scans a file part by part from its beginning.
pub struct Locating {
    settling: Settling,
    run: Option<Run>,
    length: u64,
    /// Rows and line breaks before the run.
    rows: u64,
    lines: u64,
    /// What the rules on rows counted before the run.
    judged: Vec<RowTally>,
}

impl Locating {
    /// Nothing is scanned yet.
    pub fn new(mut settling: Settling) -> Locating {
        let plan = &mut settling.plan;
        let cuts = plan.is_splittable();
        plan.budget.2 = if cuts { MOST } else { MOST_UNCUT };
        let (lines, mut first) = (plan.data_line, Run { start: 0, end: 0, record: Some(plan.data_start) });
        if !plan.format.is_text() {
            first.record = Some(0);
        }
        let mut locating =
            Locating { settling, run: Some(first), length: PART, rows: 0, lines, judged: Vec::new() };
        locating.run = locating.next(first);
        locating
    }

    /// The part that begins where this one does.
    fn next(&self, from: Run) -> Option<Run> {
        let plan = &self.settling.plan;
        let (whole, length) =
            if plan.format.is_text() { (plan.bytes, self.length.max(BLOCK)) } else { (plan.groups, 1) };
        if from.start > 0 && from.start >= whole {
            return None;
        }
        let end = match (plan.is_splittable(), plan.format.is_text()) {
            (true, _) => (from.start + length).min(whole),
            (false, true) if plan.gzip => u64::MAX,
            (false, _) => whole,
        };
        Some(Run { end, ..from })
    }

    /// The scan of the next part; `None`: there is none.
    ///
    /// # Errors
    /// Those of the contract.
    pub fn scan(&self) -> Result<Option<Scan>> {
        self.run.map(|run| Scan::new(&self.settling.plan, run)).transpose()
    }

    /// What the scan of the part gave; `None`: it had too many offenders and is cut into smaller ones.
    ///
    /// # Errors
    /// `Limit` where a part that cannot be cut has too many, and those of the contract.
    pub fn scanned(&mut self, scanned: Scanned) -> Result<Option<Part>> {
        let run = self.run.ok_or_else(|| damaged("a part behind the last"))?;
        let Found::Partial(partial) = scanned.found else { return Err(damaged("a partial of another pass")) };
        if overflows(&partial) {
            if !self.settling.plan.is_splittable() || run.end - run.start <= BLOCK {
                let what = format!("more than {} cells break a rule", crate::words::grouped(MOST_UNCUT));
                return Err(Error::new(Kind::Limit, what)
                    .with_hint("such a file is read as a whole here; the command line has no such limit"));
            }
            self.length = ((run.end - run.start) / 2).div_ceil(BLOCK) * BLOCK;
            self.run = self.next(run);
            return Ok(None);
        }
        let is_text = self.settling.plan.format.is_text();
        let record = run.record.unwrap_or(run.start);
        let (start, goes_on) = if is_text { (record, scanned.end) } else { (run.start, run.end) };
        let next =
            self.next(Run { start: run.end, end: 0, record: Some(goes_on) }).filter(|_| run.end < u64::MAX);
        let stretch = Stretch {
            start: if run.start == 0 { 0 } else { start },
            end: if next.is_some() { goes_on } else { u64::MAX },
            record: start,
            rows: self.rows,
        };
        let (rows, lines) =
            partial.segments.iter().fold((0, 0), |sum, it| (sum.0 + it.rows, sum.1 + it.lines));
        let mut partial = *partial;
        partial.judged.iter_mut().zip(&self.judged).for_each(|(now, before)| now.go_on_from(before));
        self.judged.clone_from(&partial.judged);
        let offenders = if rows == 0 { Vec::new() } else { self.offenders(partial)? };
        self.rows += rows;
        self.lines += lines;
        self.run = next;
        Ok(Some(Part { stretch, offenders }))
    }

    /// The offenders of a part, as places in the file.
    fn offenders(&self, partial: Partial) -> Result<Vec<Vec<Violation>>> {
        let mut plan = self.settling.plan.clone();
        plan.data_line = self.lines;
        let state = State { plan, partial };
        let found = super::report::in_order(&state, &state.profile(), None, None)?;
        if found.len() != self.settling.places.len() {
            return Err(damaged("another contract"));
        }
        let mut found: Vec<Option<Vec<Violation>>> = found.into_iter().map(|it| Some(it.places)).collect();
        let places = self.settling.places.iter().map(|at| {
            let mut places = found
                .get_mut(usize::try_from(*at).unwrap_or(usize::MAX))
                .and_then(Option::take)
                .unwrap_or_default();
            places.iter_mut().filter(|it| it.row > 0).for_each(|it| it.row += self.rows);
            places
        });
        Ok(places.collect())
    }
}

/// Whether there are more offenders than places.
fn overflows(partial: &Partial) -> bool {
    let cut = |places: &Places| places.count > places.first.len() as u64;
    partial.columns.iter().any(|column| {
        column.broken.iter().any(cut) || cut(&column.lacking) || cut(&column.repeated) || cut(&column.invalid)
    }) || partial.judged.iter().any(|it| cut(&it.broken))
        || partial.issues.iter().any(|((code, _), it)| *code == Code::RaggedRow as u8 && cut(it))
}

#[cfg(all(test, feature = "contract"))]
mod tests {
    use super::super::quarantine::Quarantine;
    use super::super::{Governing, Options, Request, report, scan};
    use super::*;

    const CONTRACT: &str = "
apiVersion: v3.1.0
kind: DataContract
id: c
version: 1.0.0
status: active
schema:
  - name: f
    quality:
      - type: custom
        engine: driftline
        implementation: {rule: expression, expression: a >= b}
      - type: custom
        engine: driftline
        implementation: {rule: increasing, column: a}
    properties:
      - name: a
        logicalType: integer
        unique: true
      - name: b
        logicalType: integer
        required: true
        logicalTypeOptions: {maximum: 9}
";

    /// A file with offenders of every kind, some of them in records of several lines.
    fn text(rows: usize) -> String {
        let mut text = "a,b,c\r\n".to_owned();
        for i in 0..rows {
            let b = match i % 7 {
                0 => "x".to_owned(),
                1 => String::new(),
                2 => "12".to_owned(),
                _ => (i % 5).to_string(),
            };
            text += &format!("{},{b},\"t\n{i}\"\r\n", i / 3 * 2 + i % 2);
        }
        text
    }

    /// The offenders, part by part, with parts of this length.
    fn located(text: &str, name: &str, part: u64) -> (Vec<Rule>, Vec<Vec<Violation>>, Vec<Stretch>) {
        let options = Options { name: name.into(), ..Options::default() };
        let contract = Some(CONTRACT.into());
        let state = scan(&text.as_bytes(), &options, Governing { contract, ..Governing::default() }, &|_| {});
        let state = state.expect("a file that is read");
        let settling = Settling::of(&state, &state.profile(), None, None).expect("a file that is read");
        let rules = settling.rules.clone();
        let mut locating = Locating::new(settling);
        locating.length = part;
        locating.run = locating.run.and_then(|run| locating.next(run));
        let (mut found, mut stretches) = (vec![Vec::new(); rules.len()], Vec::new());
        while let Some(mut scan) = locating.scan().expect("a file that is read") {
            while scan.advance(&text.as_bytes(), 1 << 20).expect("a file that is read") {}
            let Some(part) = locating.scanned(scan.finish()).expect("a file that is read") else { continue };
            stretches.push(part.stretch);
            part.offenders.into_iter().zip(&mut found).for_each(|(part, all)| all.extend(part));
        }
        (rules, found, stretches)
    }

    #[test]
    fn every_offender_is_where_the_report_with_all_places_has_it() {
        for (name, text) in [
            ("f.csv", text(900)),
            ("f.jsonl", (0..300).map(|i| format!("{{\"a\": {}, \"b\": {}}}\n", i / 2, i % 12)).collect()),
        ] {
            let options = Options { name: name.into(), places: usize::MAX, ..Options::default() };
            let governing = Governing { contract: Some(CONTRACT.into()), ..Governing::default() };
            let state = scan(&text.as_bytes(), &options, governing, &|_| {}).unwrap();
            let request = Request { current: &state, reference: None, as_of: None, drift: None };
            let report = report(request).unwrap();
            let agreed: Vec<_> = report.findings.iter().filter(|it| it.card == "as_agreed").collect();
            for part in [PART, 4096, 1024] {
                let (rules, found, stretches) = located(&text, name, part);
                assert_eq!(stretches.len() > 1, part < PART, "{name}: {stretches:?}");
                let told: Vec<_> = rules.iter().map(|it| (&it.id, &it.severity, &it.message)).collect();
                let expected: Vec<_> =
                    agreed.iter().map(|it| (&it.rule, &it.severity, &it.message)).collect();
                assert_eq!(told, expected);
                for (finding, found) in agreed.iter().zip(&found) {
                    let all: Vec<_> = found.iter().map(|it| (it.row, it.line, it.byte, &it.value)).collect();
                    let expected: Vec<_> =
                        finding.places.iter().map(|it| (it.row, it.line, it.byte, &it.value)).collect();
                    assert_eq!(all, expected, "{name} {} by {part}", finding.rule);
                }
                let next: Vec<u64> = stretches.iter().skip(1).map(|it| it.start).collect();
                let ends: Vec<u64> = stretches.iter().map(|it| it.end).collect();
                assert_eq!(&ends[..ends.len() - 1], next);
                assert_eq!(ends[ends.len() - 1], u64::MAX);
            }
            assert!(agreed.iter().any(|it| it.rule == "unique" && it.count > 100), "{name}");
        }
    }

    #[test]
    fn a_part_with_too_many_offenders_is_cut() {
        let text = "a,b\n".to_owned() + &"1,x\n".repeat(200_000);
        let (rules, found, stretches) = located(&text, "f.csv", PART);
        assert!(stretches.len() > 3, "{stretches:?}");
        let invalid = rules.iter().position(|it| it.id == "type" && it.message.contains("200,000")).unwrap();
        assert_eq!(found[invalid].len(), 200_000);
        assert_eq!(found[invalid][199_999].row, 200_000);
        let unique = rules.iter().position(|it| it.id == "unique").unwrap();
        let mut quarantine = Quarantine::new(rules, &[]);
        let places = found[unique].iter().map(|it| Offender {
            rule: unique,
            row: it.row,
            line: it.line,
            byte: it.byte,
            column: "a",
            value: it.value.as_deref(),
        });
        assert_eq!(quarantine.part(places).lines().count(), 199_999);
    }
}
