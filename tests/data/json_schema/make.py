"""Writes cases.json: small lists of records with their schemas, and what jsonschema says is wrong with each.

The tests hold Driftline against it. Needs jsonschema 4.26.0 (PyPI): `python make.py` in this folder.
"""

import json
import os
import re

import jsonschema
from jsonschema import FormatChecker
from jsonschema.validators import validator_for

HERE = os.path.dirname(os.path.abspath(__file__))
RULES = {
    "type": "type", "enum": "allowed-values", "const": "allowed-values", "minimum": "range", "maximum": "range",
    "exclusiveMinimum": "range", "exclusiveMaximum": "range", "multipleOf": "multiple-of", "minLength": "length",
    "maxLength": "length", "pattern": "pattern", "format": "format", "required": "required",
    "additionalProperties": "column-set",
}


def one(values, schema, required=False):
    """Records of one property; a value that is missing is None here, null is NULL."""
    records = [{"n": i, **({} if value is None else {"c": None if value == NULL else value})}
               for i, value in enumerate(values)]
    rest = {"required": ["c"]} if required else {}
    return records, {"type": "object", "properties": {"n": {"type": "integer"}, "c": schema}, **rest}


NULL = "the null"
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
LATEST = "https://json-schema.org/draft/2020-12/schema"

CASES = {
    "string": one(["a", "5", 5, 5.5, True, [1], NULL, None, ""], {"type": "string"}),
    "integer": one([1, -5, 1.5, "1", True, NULL, None, 2**40, 5.0, -2e10], {"type": "integer"}),
    "integer within": one([2.0, 5, 5.0, 6.0], {"type": "integer", "maximum": 5, "multipleOf": 5}),
    "number": one([1, 1.5, -2e10, "1.5", False, NULL, [1]], {"type": "number"}),
    "boolean": one([True, False, 1, "true", NULL], {"type": "boolean"}),
    "array": one([[], [1, "a"], "[]", 1, NULL], {"type": "array"}),
    "nullable string": one(["a", NULL, None, 5], {"type": ["string", "null"]}),
    "nullable by a branch": one([1, NULL, None, "x"], {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
    "integer or number": one([1, 1.5, "x"], {"type": ["integer", "number"]}),
    "required": one(["a", None, NULL, ""], {"type": "string"}, required=True),
    "required without properties": ([{"a": 1}, {"b": 1}], {"type": "object", "required": ["a"]}),
    "enum": one(["DE", "FR", "ZZ", "de", None], {"type": "string", "enum": ["DE", "FR"]}),
    "enum without a type": one(["DE", "ZZ"], {"enum": ["DE", "FR"]}),
    "enum of numbers": one([1, 1.0, 2.5, 3], {"enum": [1, 2.5]}),
    "enum with null": one(["a", NULL, "b"], {"type": ["string", "null"], "enum": ["a", None]}),
    "enum without null": one(["a", NULL, "b"], {"type": ["string", "null"], "enum": ["a"]}),
    "const": one(["a", "b"], {"const": "a"}),
    "const of a boolean": one([True, False], {"type": "boolean", "const": True}),
    "minimum and maximum": one([0, 5, 10, 11, -1, 10.5, "x"], {"type": "number", "minimum": 0, "maximum": 10}),
    "exclusive bounds": one([0, 5, 10], {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 10}),
    "both kinds of bounds": one([0, 1, 10], {"type": "integer", "minimum": 1, "exclusiveMaximum": 10}),
    "bounds without a type": one([1, 5, 9], {"maximum": 5}),
    "multiples": one([5, 7.5, 8, 0], {"type": "number", "multipleOf": 2.5}),
    "lengths": one(["", "a", "ab", "äöü", "abcd"], {"type": "string", "minLength": 1, "maxLength": 3}),
    "pattern is searched for": one(["abc", "xbx", "ac"], {"type": "string", "pattern": "b"}),
    "pattern with anchors": one(["AB", "ABC", "ab"], {"type": "string", "pattern": "^[A-Z]{2}$"}),
    "email": one(["a@b.org", "ab"], {"type": "string", "format": "email"}),
    "ipv4": one(["10.0.0.1", "10.0.0.256", "x"], {"type": "string", "format": "ipv4"}),
    "ipv6": one(["::1", "1::2::3", "x"], {"type": "string", "format": "ipv6"}),
    "uuid": one(["2bc1c94f-0deb-43e9-92a1-4775189ec9f8", "2bc1"], {"type": "string", "format": "uuid"}),
    "date": one(["2024-01-31", "2024-13-01", "31/01/2024", 5, NULL], {"type": "string", "format": "date"}),
    "date with a length": one(["2024-01-31", "2024-1"], {"type": "string", "format": "date", "maxLength": 10}),
    "several rules": one(["ab", "ABCDE", "abcde"], {"type": "string", "pattern": "^[a-z]+$", "maxLength": 3}),
    "no other properties": ([{"a": 1}, {"a": 2, "b": 3}],
                            {"properties": {"a": {"type": "integer"}}, "additionalProperties": False}),
    "no other properties kept": ([{"a": 1}], {"properties": {"a": {}}, "additionalProperties": False}),
    "nested": ([{"a": {"b": 1}}, {"a": {"b": "x"}}, {"a": {}}],
               {"properties": {"a": {"type": "object", "properties": {"b": {"type": "integer"}}, "required": ["b"]}},
                "required": ["a"]}),
    "reference": ([{"a": 5}, {"a": -5}, {"a": "x"}],
                  {"$schema": LATEST, "$defs": {"size": {"type": "integer", "minimum": 0}},
                   "properties": {"a": {"$ref": "#/$defs/size"}}}),
    "reference and more": ([{"a": 5}, {"a": -5}, {"a": 50}],
                           {"$schema": LATEST, "$defs": {"size": {"type": "integer", "minimum": 0}},
                            "properties": {"a": {"$ref": "#/$defs/size", "maximum": 9}}}),
    "reference of draft 7": ([{"a": 5}, {"a": -5}, {"a": 50}],
                             {"$schema": DRAFT_7, "definitions": {"a b": {"type": "integer", "minimum": 0}},
                              "properties": {"a": {"$ref": "#/definitions/a%20b", "maximum": 9}}}),
    "reference of the whole": ([{"a": 5}, {"a": "x"}, {}],
                               {"$schema": LATEST, "$ref": "#/$defs/row",
                                "$defs": {"row": {"properties": {"a": {"type": "integer"}}, "required": ["a"]}}}),
    "all of": ([{"a": 5}, {"a": 1}, {"a": 50}],
               {"properties": {"a": {"allOf": [{"type": "integer"}, {"minimum": 2}, {"maximum": 9}]}}}),
}


def told(validator, records):
    found = []
    for row, record in enumerate(records, start=1):
        errors = list(validator.iter_errors(record))
        path = lambda error: ".".join(str(part) for part in error.absolute_path)
        mistyped = {path(error) for error in errors if error.validator == "type"}
        for error in leaves(errors):
            rule, at = RULES[error.validator], path(error)
            if error.validator == "additionalProperties":
                row_of, at = None, ""
            else:
                row_of = row
            if error.validator == "required":
                name = re.match(r"'(.*)' is a required property", error.message).group(1)
                at = f"{at}.{name}" if at else name
            # A value of another type has no other fault, null beside an enum is one, and a text of the format date is a date.
            if rule != "type" and rule != "required" and at in mistyped:
                continue
            if rule == "allowed-values" and error.instance is None:
                rule = "type"
            if error.validator == "format" and error.validator_value == "date" and not {"maxLength", "minLength", "pattern"} & set(error.schema):
                rule = "type"
            if [row_of, at, rule] not in found:
                found.append([row_of, at, rule])
    return found


def leaves(errors):
    """The errors of the one branch that is not null stand for those of anyOf."""
    for error in errors:
        if error.validator == "anyOf":
            yield from (it for it in error.context if it.schema.get("type") != "null")
        else:
            yield error


def main():
    cases = []
    for name, (records, schema) in CASES.items():
        schema = {"$schema": LATEST, **schema}
        validator = validator_for(schema)(schema, format_checker=FormatChecker())
        cases.append({"name": name, "records": records, "schema": schema, "errors": told(validator, records)})
    with open(os.path.join(HERE, "cases.json"), "w") as out:
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
        out.write(f'{{"jsonschema": "{jsonschema.__version__}", "cases": [\n{lines}\n]}}\n')


main()
