//! A first look at a file: its columns with their types, and a profile of the sample that the types were speculated
//! from. It costs the same for every size of file and says nothing about the rows it has not seen.

use super::open::first_rows;
use super::plan::Plan;
use super::settle::State;
use crate::error::Result;
use crate::sketch::content::Content;
use crate::sketch::partial::{Partial, Scanner};
use crate::source::Source;

/// What a first look found.
pub struct Look {
    /// The state of the rows looked at, as if they were the file. Where they lie in the file is not kept.
    pub state: State,
    /// How many rows the file has, where its footer says so.
    pub rows: Option<u64>,
}

/// Looks at the file that this plan was made for. Of a columnar file, whose pages can be of any size, only the footer
/// is read.
///
/// # Errors
/// What the source and the reader say.
pub fn look(source: &dyn Source, plan: Plan) -> Result<Look> {
    let rows = super::columnar::rows(source, &plan)?;
    let partial = if plan.format.is_text() { first_rows(source, &plan)? } else { nothing(&plan) };
    Ok(Look { state: State { plan, partial }, rows })
}

fn nothing(plan: &Plan) -> Partial {
    Scanner::new(plan.columns.clone(), Vec::new(), plan.format.tallying(), plan.budget(), 0).finish(
        0,
        0,
        0,
        Content::default(),
    )
}

#[cfg(test)]
mod tests {
    use super::super::{Governing, Options, Request, open, report, scan};
    use super::*;
    use crate::report::wire::Report;

    fn options() -> Options {
        Options { name: "f.csv".into(), ..Options::default() }
    }

    fn looked(text: &str) -> Report {
        let source = text.as_bytes();
        let plan = open(&source, &options(), Governing::default()).unwrap();
        let state = look(&source, plan).unwrap().state;
        report(Request { current: &state, reference: None, as_of: None, drift: None }).unwrap()
    }

    fn whole(text: &str) -> Report {
        let state = scan(&text.as_bytes(), &options(), Governing::default(), &|_| {}).unwrap();
        report(Request { current: &state, reference: None, as_of: None, drift: None }).unwrap()
    }

    #[test]
    fn a_look_at_a_small_file_sees_all_of_it() {
        let text = "id,price,name\n1,2.5,a\n2,x,\n3,4,c\n";
        let (look, whole) = (looked(text), whole(text));
        assert_eq!(look.table.rows, 3);
        let told = |report: &Report| -> Vec<_> {
            report
                .columns
                .iter()
                .map(|it| (it.name.clone(), it.ty.clone(), it.valid, it.missing, it.invalid))
                .collect()
        };
        assert_eq!(told(&look), told(&whole));
    }

    #[test]
    fn a_look_at_a_large_file_has_its_names_and_types_in_order() {
        let mut text = String::from("id,day,amount\n");
        for i in 0..60_000u32 {
            text.push_str(&format!("{i},2024-01-{:02},{}.5\n", 1 + i % 28, i % 977));
        }
        let (look, whole) = (looked(&text), whole(&text));
        assert!(look.table.rows > 1000 && look.table.rows < whole.table.rows, "{}", look.table.rows);
        let named = |report: &Report| -> Vec<_> {
            report.columns.iter().map(|it| (it.name.clone(), it.ty.clone())).collect()
        };
        assert_eq!(named(&look), named(&whole));
        for column in &look.columns {
            assert_eq!(column.rows, look.table.rows);
            assert_eq!(column.valid, column.rows);
        }
    }

    #[test]
    fn no_row_is_looked_at_twice_whatever_the_size_of_the_file() {
        for rows in [3_000, 5_000, 8_000, 12_000, 15_000, 20_000, 40_000] {
            let body: String = (0..rows).map(|i| format!("{i},{}\n", i % 7)).collect();
            for end in ["", "99999999,1"] {
                let text = format!("id,b\n{body}{end}");
                let look = looked(&text);
                let id = &look.columns[0];
                assert_eq!(id.distinct.value, look.table.rows as f64, "{rows} rows, {} bytes", text.len());
                if text.len() <= 2 * (64 << 10) {
                    let lines = text.lines().count() as u64 - 1;
                    assert_eq!(look.table.rows, lines, "{} bytes", text.len());
                }
            }
        }
    }

    #[test]
    fn a_look_at_a_header_alone_has_columns_and_no_rows() {
        let look = looked("a,b\n");
        assert_eq!((look.columns.len(), look.table.rows), (2, 0));
    }
}
