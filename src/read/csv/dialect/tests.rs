//! Heads of files, and what they are.

use super::*;
use proptest::prelude::*;

fn sniff(head: &[u8], whole: bool, hint: Option<u8>) -> Sniffed {
    super::sniff(head, whole, hint, &[])
}

/// A head, its delimiter, its quote, whether it has a header, its columns.
type Case = (&'static str, u8, Option<u8>, bool, usize);

const DOUBLE: Option<u8> = Some(b'"');

const CASES: &[Case] = &[
    ("id,name\n1,Ann\n2,Bob\n", b',', DOUBLE, true, 2),
    ("id;name\n1;Ann\n2;Bob\n", b';', DOUBLE, true, 2),
    ("id\tname\n1\tAnn, B\n2\tBob\n", b'\t', DOUBLE, true, 2),
    ("id|name|x\n1|Ann|2\n2|Bob|3\n", b'|', DOUBLE, true, 3),
    ("a;b\n1,5;2,7\n3,1;4,2\n", b';', DOUBLE, true, 2),
    ("1,5;2,7\n3,1;4,2\n5,5;6,1\n", b';', DOUBLE, false, 2),
    ("id,text\n1,\"a; b; c\"\n2,\"d; e; f\"\n", b',', DOUBLE, true, 2),
    ("id,text\n1,\"a, b\nc\"\n2,\"d\"\"e\"\n", b',', DOUBLE, true, 2),
    ("'id','name'\n'1','Ann, B'\n'2','Bob, C'\n", b',', Some(b'\''), true, 2),
    ("id,note\n1,it's\n2,'tis fine\n3,o'clock\n", b',', DOUBLE, true, 2),
    ("size\twidth\n\"5\t3\n\"6\t4\n\"7\t5\n", b'\t', None, true, 2),
    ("size,name\n5\",bolt\n6\",nut\n", b',', DOUBLE, true, 2),
    ("name\nAnn\nBob\n", b',', DOUBLE, true, 1),
    ("value\n1\n2\n3\n", b',', DOUBLE, true, 1),
    ("1\n2\n3\n", b',', DOUBLE, false, 1),
    ("name\nDoe, John\nSmith, Jane\n", b';', DOUBLE, true, 1),
    ("value\n1,5\n2,7\n", b';', DOUBLE, true, 1),
    ("quote\nTo be, or not\nwords; words, words\nall\n", b'\t', DOUBLE, true, 1),
    ("id,name,born\n", b',', DOUBLE, true, 3),
    ("1,2.5,x\n", b',', DOUBLE, false, 3),
    ("2024-01-01,5\n2024-01-02,6\n", b',', DOUBLE, false, 2),
    ("day,n\n2024-01-01,5\n2024-01-02,6\n", b',', DOUBLE, true, 2),
    ("country,1990,1991\nFR,1.5,2.5\nDE,1.6,2.6\n", b',', DOUBLE, true, 3),
    ("name,city\nAnn,Rome\nBob,Oslo\n", b',', DOUBLE, true, 2),
    ("red,blue\nblue,blue\nred,red\nblue,red\n", b',', DOUBLE, false, 2),
    ("a:b\n1:2\n3:4\n", b':', DOUBLE, true, 2),
    ("a b c\n1 2 3\n4 5 6\n", b' ', DOUBLE, true, 3),
    ("x^y\n1^2\n", b'^', DOUBLE, true, 2),
    ("x~y\n1~2\n", b'~', DOUBLE, true, 2),
    ("at,what\n10:30:00,a b\n11:30:00,c d\n", b',', DOUBLE, true, 2),
    ("id,name,name\n1,a,b\n2,c,d\n", b',', DOUBLE, true, 3),
    (",x,y\n0,1,2\n1,3,4\n", b',', DOUBLE, true, 3),
    ("a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11\n", b',', DOUBLE, true, 3),
    ("a,b\r1,2\r3,4\r", b',', DOUBLE, true, 2),
    ("a,b\r\n\r\n1,2\r\n", b',', DOUBLE, true, 2),
    ("when,who\n2024-01-01 10:00:00,a;b\n2024-01-01 11:00:00,c;d\n", b',', DOUBLE, true, 2),
    ("code,flag\nAB1,true\nAB2,false\n", b',', DOUBLE, true, 2),
    ("id,a\n1,NA\n2,NA\n", b',', DOUBLE, true, 2),
    ("", b',', DOUBLE, true, 1),
    ("\n\n", b',', DOUBLE, true, 1),
];

#[test]
fn heads_are_what_a_person_would_say() {
    let mut wrong = String::new();
    for &(head, delimiter, quote, header, n_columns) in CASES {
        let found = sniff(head.as_bytes(), true, None);
        let expected = (Dialect { delimiter, quote }, header, n_columns);
        if (found.dialect, found.header, found.n_columns) != expected {
            wrong += &format!("{head:?}: expected {expected:?}, found {found:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_record_cut_off_by_the_sample_does_not_count() {
    let found = sniff(b"id,name,note\n1,Ann,x\n2,Bo", false, None);
    assert_eq!((found.n_columns, found.share), (3, 1.0));
}

#[test]
fn a_large_head_is_looked_at_in_part() {
    let head = "id;text\n".to_owned() + &"1;\"a, b, c\"\n".repeat(100_000);
    let found = sniff(head.as_bytes(), true, None);
    assert_eq!((found.dialect.delimiter, found.n_columns, found.header), (b';', 2, true));
}

#[test]
fn the_names_hint_wins_ties_only() {
    assert_eq!(sniff(b"name\nAnn\n", true, Some(b'\t')).dialect.delimiter, b'\t');
    assert_eq!(sniff(b"a,b\n1,2\n", true, Some(b'\t')).dialect.delimiter, b',');
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(head in proptest::collection::vec(
        prop_oneof![Just(b','), Just(b'"'), Just(b'\n'), Just(b';'), Just(b'1'), any::<u8>()], 0..200), whole: bool) {
        let found = sniff(&head, whole, None);
        prop_assert!(found.n_columns >= 1 && (0.0..=1.0).contains(&found.share));
    }
}

#[test]
fn names_that_are_known_find_the_delimiter_of_a_ragged_file() {
    let table: [(&str, &[&str], u8, bool); 9] = [
        ("id,amount\n1,2,3\n", &["id", "amount"], b',', true),
        ("id;amount\n1\n", &["id", "amount"], b';', true),
        ("id|amount|day\n1|2\n", &["day", "id", "gone"], b'|', true),
        ("a b;id;amount,net\n1,2,3\n", &["id", "amount,net"], b';', true),
        ("1990,1991\n1,2\n3,4\n", &["1990", "1991"], b',', true),
        ("\"id\",\"amount, net\"\n1\n", &["id", "amount, net"], b',', true),
        ("id,id\nNA\n", &["id", "amount"], b',', true),
        // One name alone says nothing.
        ("name\nDoe, John\nSmith, Jane\n", &["name"], b';', true),
        ("x,y\n1,2\n3,4\n", &["a", "b"], b',', true),
    ];
    for (head, names, delimiter, header) in table {
        let found = super::sniff(head.as_bytes(), true, None, names);
        assert_eq!((found.dialect.delimiter, found.header), (delimiter, header), "{head:?}");
    }
}
