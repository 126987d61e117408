//! What a rule, a measure or an issue asks, in a sentence: help beside a result in tools that show it.

/// The sentence for an id; ids that are not known say only their name.
pub(super) fn help(id: &str) -> String {
    let known = match id {
        "column-presence" => "Every column of the contract is in the file.",
        "type" => "Every cell that is there reads as the agreed type.",
        "required" => "No cell is missing.",
        "unique" => "No value occurs twice; every member of a group of equal values is an offender.",
        "range" => "Every valid value lies within the agreed bounds.",
        "length" => "Every valid text has an agreed number of characters.",
        "allowed-values" => "Every valid value is one of the agreed ones.",
        "pattern" => "The agreed regular expression is found in every valid text.",
        "row-count" => "The number of rows is as agreed.",
        "no-rows" => "The file has rows.",
        "foreign-key" => "Every value occurs in the other table.",
        "outliers" => "No number lies beyond the fences of its column.",
        "z-score" => "No number is further from the mean than so many standard deviations.",
        "kl-divergence" => "The distribution of the column is close to the agreed one.",
        "increasing" => "No value is below the one before it.",
        "decreasing" => "No value is above the one before it.",
        "items" => "The items of every list are as agreed.",
        "format" => "Every valid text has the agreed format.",
        "forbidden-values" => "No valid value is one of the forbidden ones.",
        "forbidden-pattern" => "The forbidden regular expression is found in no valid text.",
        "minimum" | "maximum" | "mean" | "median" | "std" | "sum" => {
            "The number of the column is within bounds."
        }
        "distinct-count" | "distinct-share" => "As many values differ as agreed.",
        "complete-share" => "As many cells are there as agreed.",
        "column-count" | "column-set" | "column-order" => "The file has the agreed columns.",
        "multiple-of" => "Every valid number is a multiple of the agreed one.",
        "constraint" | "schema" | "dialect" | "encoding" | "file" => {
            "What the contract says beside its rules holds."
        }
        "empty" => "No cell has a value.",
        "expression" => "The agreed expression on the cells of a row is true of every row.",
        "contains-values" => "Each of the agreed values occurs.",
        "most-common" => "The most frequent value is an agreed one.",
        "quantile" => "The quantiles of the column are within bounds.",
        "date-format" => "Every valid text is a date or time in the agreed pattern.",
        "freshness" => "The newest value is not older than agreed, or than before.",
        "retention" => "The oldest value is not older than agreed.",
        "html-page" => "The file is data and no HTML page.",
        "error-body" => "The file is data and no error message.",
        "ragged-row" => "Every record has as many fields as the header.",
        "bad-utf8" => "Every text is well-formed UTF-8.",
        "stray-quote" | "unclosed-quote" => "Quotes stand where quotes may stand.",
        "mixed-types" => "The cells of a column are of one type.",
        _ => return format!("The rule {id} of Driftline."),
    };
    known.to_owned()
}
