"""Writes cases.json: small files with one rule of ODCS's library each, and what datacontract-cli says of them.

The tests hold Driftline against it. Needs datacontract-cli 1.2.8 with DuckDB (PyPI: `datacontract-cli[duckdb]==1.2.8`):
`python make.py` in this folder. A rule a contract, since it keeps only one of several of a metric on a column.
"""

import json
import os
import tempfile
from importlib.metadata import version

from datacontract.data_contract import DataContract

OPERATORS = [
    "mustBe",
    "mustNotBe",
    "mustBeGreaterThan",
    "mustBeGreaterOrEqualTo",
    "mustBeLessThan",
    "mustBeLessOrEqualTo",
]
RANGES = ["mustBeBetween", "mustNotBeBetween"]


def column(*cells):
    """A file of one more column, so that an empty cell is no blank line."""
    return "n,c\n" + "".join(f"{i},{cell}\n" for i, cell in enumerate(cells, start=1))


COUNTRIES = column("DE", "FR", "ZZ", "de", "DE", "XX")
GAPS = column("DE", "", "ZZ", "FR", "", "DE", "", "FR")
REPEATED = column("a", "b", "a", "c", "b", "a", "d")
PAIRS = "n,c\n1,a\n1,b\n1,a\n2,a\n2,b\n2,a\n3,c\n"
VALID = {"validValues": ["DE", "FR"]}
CAPITALS = {"pattern": "^[A-Z]{2}$"}

# metric, its file, its arguments, its unit, its value there: each is held to bounds at, below and above that value.
HELD = [
    ("nullValues", column("a", "", "b", ""), None, None, 2),
    ("nullValues", column("a", "", "b", ""), None, "percent", 50),
    ("missingValues", column("a", "unknown", "", "b"), {"missingValues": ["", "unknown"]}, None, 2),
    ("missingValues", column("a", "unknown", "", "b", "c"), {"missingValues": ["unknown", None]}, "percent", 40),
    ("invalidValues", COUNTRIES, VALID, None, 3),
    ("invalidValues", COUNTRIES, VALID, "percent", 50),
    ("invalidValues", column("DE", "FRA", "Z", "de", "DE"), CAPITALS, None, 3),
    ("invalidValues", column("DE", "FRA", "Z", "de", "DE"), CAPITALS, "percent", 60),
    ("duplicateValues", column("a", "b", "c"), None, None, 0),
    ("duplicateValues", "n,c\n1,a\n1,b\n2,a\n", {"properties": ["n", "c"]}, None, 0),
    ("rowCount", column("a", "b", "c", "d"), None, None, 4),
]


def rule(metric, arguments=None, unit=None, **operator):
    given = {"arguments": arguments, "unit": unit}
    return {"metric": metric, **{key: value for key, value in given.items() if value}, **operator}


def held():
    for metric, text, arguments, unit, value in HELD:
        for name, bounds in [
            *((operator, bound) for operator in OPERATORS for bound in (value - 1, value, value + 1)),
            *((operator, bound) for operator in RANGES for bound in
              ([value, value + 2], [value - 2, value], [value + 1, value + 2], [value - 2, value - 1], [value - 1, value + 1])),
        ]:  # fmt: skip
            if min(bounds if isinstance(bounds, list) else [bounds]) >= 0:
                quality = rule(metric, arguments, unit, **{name: bounds})
                yield json.dumps(quality), text, quality


# What the bounds above do not reach.
PROPERTIES = {"properties": ["n", "c"]}
OTHERS = {
    "invalid beside missing": (GAPS, rule("invalidValues", VALID, mustBe=1)),
    "invalid percent of all rows": (GAPS, rule("invalidValues", VALID, "percent", mustBe=12.5)),
    "invalid percent of the cells that are there": (GAPS, rule("invalidValues", VALID, "percent", mustBe=20)),
    "a pattern and missing cells": (GAPS, rule("invalidValues", CAPITALS, mustBe=0)),
    "null percent below": (GAPS, rule("nullValues", None, "percent", mustBeLessThan=37.6)),
    "null percent at most": (GAPS, rule("nullValues", None, "percent", mustBeLessOrEqualTo=37.5)),
    "null percent not below": (GAPS, rule("nullValues", None, "percent", mustBeLessThan=37.5)),
    "numbers of a list": (column("1", "2", "7", "3"), rule("invalidValues", {"validValues": [1, 2, 3]}, mustBe=1)),
    "numbers by a pattern": (column("1", "2", "7", "3"), rule("invalidValues", {"pattern": "^[1-3]$"}, mustBe=1)),
    "a pattern is searched": (column("xDEx", "FR", "d"), rule("invalidValues", {"pattern": "[A-Z]{2}"}, mustBe=1)),
    "words for missing": (column("a", "NA", "NULL", "b"), rule("nullValues", mustBe=0)),
    "a blank": (column("a", " ", "", "b"), rule("nullValues", mustBe=1)),
    "a word that is agreed": (column("a", "NA", "", "b"), rule("missingValues", {"missingValues": ["NA"]}, mustBe=2)),
    "no words": (column("a", "none", "", "b"), rule("missingValues", mustBe=1)),
    "no duplicates": (column("a", "b", "c", "d"), rule("duplicateValues", mustBe=0)),
    "missing cells are no duplicates": (column("a", "", "", "b"), rule("duplicateValues", mustBe=0)),
    "case counts": (column("A", "a", "b"), rule("duplicateValues", mustBe=0)),
    "duplicates beside missing": (GAPS, rule("duplicateValues", mustBe=0)),
    "duplicates": (REPEATED, rule("duplicateValues", mustBe=0)),
    "duplicates at most": (REPEATED, rule("duplicateValues", mustBeLessThan=6)),
    "duplicates by key": (REPEATED, rule("duplicateValues", mustBe=2)),
    "duplicates by row": (REPEATED, rule("duplicateValues", mustBe=5)),
    "duplicates percent": (REPEATED, rule("duplicateValues", None, "percent", mustBeLessThan=80)),
    "rows": (PAIRS, rule("duplicateValues", PROPERTIES, mustBe=0)),
    "rows at most": (PAIRS, rule("duplicateValues", PROPERTIES, mustBeLessThan=5)),
    "rows by key": (PAIRS, rule("duplicateValues", PROPERTIES, mustBe=2)),
    "rows by row": (PAIRS, rule("duplicateValues", PROPERTIES, mustBe=4)),
    "rows with a missing cell": ("n,c\n1,\n1,\n2,a\n", rule("duplicateValues", PROPERTIES, mustBe=0)),
    "rows of missing cells": ("n,c\n1,a\n,\n,\n", rule("duplicateValues", PROPERTIES, mustBe=0)),
    "no rows": (column(), rule("rowCount", mustBe=0)),
    "no rows, too few": (column(), rule("rowCount", mustBeGreaterThan=0)),
    "rows in percent": (column("a", "b"), rule("rowCount", None, "percent", mustBe=2)),
}


def contract(quality):
    at_table = quality["metric"] == "rowCount" or "properties" in quality.get("arguments", {})
    properties = [{"name": "n"}, {"name": "c"}]
    table = {"name": "data", "properties": properties}
    (table if at_table else properties[1])["quality"] = [quality]
    return {"apiVersion": "v3.1.0", "kind": "DataContract", "id": "data", "version": "1.0.0", "status": "active", "schema": [table]}  # fmt: skip


def told(text, document):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data.csv")
        with open(path, "w") as file:
            file.write(text)
        server = {"server": "file", "type": "local", "path": path, "format": "csv"}
        whole = json.dumps({**document, "servers": [server]})
        run = DataContract(data_contract_str=whole, server="file").test()
    [check] = [it for it in run.checks if it.type != "field_is_present"]
    found = check.diagnostics or {}
    return {"result": check.result and check.result.value, "value": found.get("value"), "failed_rows": found.get("failed_rows")}


def main():
    cases = []
    for name, text, quality in [*held(), *((name, *it) for name, it in OTHERS.items())]:
        document = contract(quality)
        cases.append({"name": name, "text": text, "contract": document, **told(text, document)})
    lines = ",\n".join(json.dumps(case) for case in cases)
    with open("cases.json", "w") as file:
        file.write(f'{{"datacontract-cli": "{version("datacontract-cli")}", "cases": [\n{lines}\n]}}\n')


main()
