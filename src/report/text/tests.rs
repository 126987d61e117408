//! What stands on the terminal.

use super::*;
use crate::report::sample;

#[test]
fn the_whole_text_of_a_report_with_one_of_everything() {
    let text = render(&sample::report(), Look::PLAIN);
    insta::assert_snapshot!(text);
}

#[test]
fn nothing_that_came_from_data_acts_on_the_terminal() {
    let mut report = sample::report();
    let evil = "\x1b]0;owned\x07\u{202e}\n\u{9b}2J";
    report.source.name = evil.into();
    report.source.format = evil.into();
    report.columns[1].top[0].value = crate::report::wire::Scalar::Text(evil.into());
    report.columns[1].alerts = vec![crate::report::wire::Alert { code: "x".into(), message: evil.into() }];
    report.issues[0].message = evil.into();
    report.findings[0].message = evil.into();
    report.findings[0].observed = Some(evil.into());
    report.findings[0].places[0].value = Some(evil.into());
    report.drift[1].column = evil.into();
    report.drift[1].reason = Some(evil.into());
    let text = render(&report, Look::PLAIN);
    assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()), "{text}");
    assert!(!text.contains('\u{202e}'));
}

#[test]
fn the_table_of_columns_keeps_to_the_width() {
    for width in [60, 80, 100, 140] {
        let text = render(&sample::report(), Look { width, paint: Paint::Plain });
        let table = text.split("Columns\n").nth(1).unwrap().split("\n\n").next().unwrap();
        assert!(table.lines().all(|line| escape::width(line) <= width.max(80)), "{width}:\n{table}");
    }
}

#[test]
fn colours_stand_only_where_asked_for_and_change_no_word() {
    let report = sample::report();
    let plain = render(&report, Look::PLAIN);
    let coloured = render(&report, Look { paint: Paint::Coloured, ..Look::PLAIN });
    assert!(!plain.contains('\x1b') && coloured.contains("\x1b["));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn a_wide_file_is_listed_in_part_and_says_so() {
    let mut report = sample::report();
    report.columns = vec![report.columns[1].clone(); 20_000];
    let text = render(&report, Look::PLAIN);
    assert!(text.contains("and 19,800 more columns"));
    assert!(text.lines().count() < 300);
}
