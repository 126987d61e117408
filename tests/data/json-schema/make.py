"""Writes cases.json: what the Python package jsonschema says of small records, for the tests to hold Driftline against.

Needs jsonschema 4 with format checks (PyPI, `jsonschema[format-nongpl]`): `python make.py` in this folder.
"""

import json
from importlib.metadata import version

from jsonschema import Draft202012Validator

ORDER = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "id": {"type": "integer", "minimum": 1},
        "price": {"type": "number", "exclusiveMinimum": 0, "maximum": 1000, "multipleOf": 0.01},
        "currency": {"type": "string", "enum": ["EUR", "USD"]},
        "name": {"type": "string", "minLength": 2, "maxLength": 5, "pattern": "^[A-Z]"},
        "mail": {"type": "string", "format": "email"},
        "day": {"type": "string", "format": "date"},
        "paid": {"type": "boolean"},
        "kind": {"const": "order"},
        "note": {"type": ["string", "null"], "maxLength": 3},
        "to": {"$ref": "#/$defs/address"},
    },
    "required": ["id", "price", "currency"],
    "$defs": {"address": {"type": "object", "properties": {"city": {"type": "string", "minLength": 1}, "zip": {"type": "string", "pattern": "^[0-9]{5}$"}}, "required": ["city"]}},
}
GOOD = {"id": 1, "price": 9.99, "currency": "EUR", "name": "Ann", "mail": "a@b.de", "day": "2024-02-29", "paid": True,
        "kind": "order", "note": "x", "to": {"city": "B", "zip": "10115"}}
CHANGES = [
    {}, {"id": 0}, {"id": "7"}, {"id": 1.5}, {"price": 0}, {"price": 1000.01}, {"price": 9.999}, {"price": "x"},
    {"currency": "GBP"}, {"name": "A"}, {"name": "Annabel"}, {"name": "ann"}, {"mail": "ab"}, {"day": "2023-02-29"},
    {"day": "29.02.2024"}, {"paid": "yes"}, {"kind": "offer"}, {"note": "long"}, {"note": None},
    {"to": {"city": "", "zip": "10115"}}, {"to": {"city": "B", "zip": "1011"}},
]


def main():
    validator = Draft202012Validator(ORDER, format_checker=Draft202012Validator.FORMAT_CHECKER)
    records = [{**GOOD, **change} for change in CHANGES]
    for missing in ("id", "currency"):
        records.append({key: value for key, value in GOOD.items() if key != missing})
    found = []
    for row, record in enumerate(records, 1):
        for error in validator.iter_errors(record):
            path = ".".join(str(part) for part in error.absolute_path)
            if error.validator == "required":
                path = error.message.split("'")[1]
            found.append([row, path])
    with open("cases.json", "w", encoding="utf-8") as out:
        json.dump({"jsonschema": version("jsonschema"), "schema": ORDER, "records": records, "errors": found}, out)
        out.write("\n")


main()
