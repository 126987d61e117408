//! Bytes that begin with a JSON value in, where the value ends out: a scan of brackets and strings that neither recurses
//! nor checks, so that a malformed value costs itself and, if possible, not what follows.

/// Brackets that are told apart; deeper ones are only counted.
const KINDS: usize = 4_096;

/// How a scan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The value ends before this offset.
    At(usize),
    /// The bytes end before the value does.
    Missing,
}

/// Where the value that begins at `bytes[0]` ends. Where closing brackets do not match, or a string holds a line end,
/// the value is taken to end where the next one seems to begin.
pub(super) fn end_of(bytes: &[u8]) -> End {
    match bytes.first() {
        Some(b'{' | b'[') => end_of_nested(bytes),
        Some(b'"') => match end_of_string(bytes, 0) {
            Some((end, _)) => End::At(end),
            None => End::Missing,
        },
        _ => match bytes.iter().position(|byte| matches!(byte, b',' | b']' | b'\n' | b'{' | b'[' | b'"')) {
            // A separator itself is never a value, but must not stand still.
            Some(end) => End::At(end.max(1)),
            None => End::Missing,
        },
    }
}

/// The offset behind the string whose opening quote is at `start`, or of the line end that cuts it; and whether one does.
fn end_of_string(bytes: &[u8], start: usize) -> Option<(usize, bool)> {
    let mut at = start + 1;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| matches!(byte, b'"' | b'\\' | b'\n'))?;
        match bytes[at] {
            b'"' => return Some((at + 1, false)),
            b'\n' => return Some((at, true)),
            _ => at += 2,
        }
    }
}

/// The brackets that are open.
#[derive(Default)]
struct Open {
    kinds: Vec<u8>,
    /// Those beyond [`KINDS`].
    deeper: usize,
    n_braces: usize,
}

impl Open {
    fn open(&mut self, bracket: u8) {
        if self.kinds.len() == KINDS {
            self.deeper += 1;
        } else {
            self.n_braces += usize::from(bracket == b'{');
            self.kinds.push(bracket);
        }
    }

    /// Closes the innermost bracket of this kind and all within it; `false` where there is none.
    fn close(&mut self, opening: u8) -> bool {
        if self.deeper > 0 {
            self.deeper -= 1;
            return true;
        }
        let n_kind = if opening == b'{' { self.n_braces } else { self.kinds.len() - self.n_braces };
        if n_kind == 0 {
            return false;
        }
        while let Some(bracket) = self.kinds.pop() {
            self.n_braces -= usize::from(bracket == b'{');
            if bracket == opening {
                break;
            }
        }
        true
    }

    fn within_object(&self) -> bool {
        self.deeper == 0 && self.kinds.last() == Some(&b'{')
    }
}

fn end_of_nested(bytes: &[u8]) -> End {
    let mut open = Open::default();
    // Offset of the last comma, or of the line end that cut a string, if nothing but white space follows it.
    let mut comma = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let Some((end, is_cut)) = end_of_string(bytes, at) else { return End::Missing };
                comma = is_cut.then_some(end);
                at = end;
                continue;
            }
            // A key must follow a comma within an object, so that it was never closed.
            b'{' if open.within_object() && comma.is_some() => return End::At(comma.unwrap_or(at)),
            b'{' | b'[' => open.open(byte),
            b'}' | b']' => {
                let closed = open.close(if byte == b'}' { b'{' } else { b'[' });
                if open.kinds.is_empty() {
                    return End::At(at + 1);
                }
                // The end of what this value is in.
                if !closed && byte == b']' {
                    return End::At(at);
                }
            }
            _ => {}
        }
        if byte == b',' {
            comma = Some(at);
        } else if !byte.is_ascii_whitespace() {
            comma = None;
        }
        at += 1;
    }
    End::Missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_end_where_the_next_one_begins() {
        for (text, expected) in [
            (r#"{"a": [1, {"b": "}"}]}, {"#, Some(22)),
            (r#"{"a": "\"}"}, "#, Some(12)),
            (r#"[1, [2]], 3"#, Some(8)),
            (r#""a, b", "#, Some(6)),
            ("12, 3", Some(2)),
            ("null]", Some(4)),
            (r#"{"a": [1, 2}, {"b""#, Some(12)),
            (r#"{"a": 1, {"b": 2}"#, Some(7)),
            (r#"{"a": 1 ]"#, Some(8)),
            ("{\"a\": \"x\n}, {", Some(10)),
            ("{\"a\": \"x},\n{\"b\": 1}", Some(10)),
            (r#"[[[}}}]]] "#, Some(9)),
            (r#"{"a": "#, None),
            (r#"{"a": "b\"#, None),
            ("12", None),
            ("", None),
        ] {
            let expected = expected.map_or(End::Missing, End::At);
            assert_eq!(end_of(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_scanned_without_recursion() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert_eq!(end_of(deep.as_bytes()), End::At(200_000));
        assert_eq!(end_of("[{".repeat(100_000).as_bytes()), End::Missing);
    }
}
