"""Writes cases.json: small files with their schemas, and what frictionless says is wrong with each.

The tests hold Driftline against it. Needs frictionless 5.21.0 (PyPI): `python make.py` in this folder.
"""

import json
import os
import tempfile

import frictionless
from frictionless import Resource

PROFILE = "https://datapackage.org/profiles/2.0/"


def fields(**types):
    return [{"name": name, **spec} for name, spec in types.items()]


def schema(rest=None, **types):
    return {"$schema": PROFILE + "tableschema.json", "fields": fields(**types), **(rest or {})}


def column(cells, spec, rest=None):
    """A file of one more column, so that an empty cell is no blank row."""
    lines = ["n,c"] + [f"{i},{quoted(cell)}" for i, cell in enumerate(cells, start=1)]
    return "\n".join(lines) + "\n", schema(rest, n={"type": "integer"}, c=spec)


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\n') else cell


def limits(type, cells, **constraints):
    return column(cells, {"type": type, "constraints": constraints})


PEOPLE = """id,name,age,country,joined,score
1,Ann,34,DE,2024-01-02,0.5
2,Bob,x7,FR,2024-13-02,1.5
2,,41,ZZ,2024-03-01,
4,Dan,-5,DE,01/04/2024,9.9
5,Eve,29,,2024-05-01,0.1
"""
PEOPLE_SCHEMA = schema(
    id={"type": "integer", "constraints": {"unique": True}},
    name={"type": "string", "constraints": {"required": True}},
    age={"type": "integer", "constraints": {"minimum": 0, "maximum": 120}},
    country={"type": "string", "constraints": {"enum": ["DE", "FR"]}},
    joined={"type": "date"},
    score={"type": "number"},
)
AB = {"a": {"type": "integer"}, "b": {"type": "string"}}


def ab(text, **rest):
    return text, schema(rest, **AB)


CASES = {
    "people": (PEOPLE, PEOPLE_SCHEMA),
    # Types.
    "integer": column(["1", "-5", "+7", " 8 ", "1.0", "x", "", "1e3", "007", "NA", "-"], {"type": "integer"}),
    "integer with text around": column(["5 %", "$12", "x", "-3 EUR", ""], {"type": "integer", "bareNumber": False}),
    "number": column(["1", "1.5", "-.5", "1e5", "x", "1,5", "NaN", "Infinity", "", "5%"], {"type": "number"}),
    "number with a decimal comma": column(
        ["1,5", "1.000,5", "1.5", "x", "7"], {"type": "number", "decimalChar": ",", "groupChar": "."}),
    "number with a decimal comma only": column(["1,5", "1.5", "x"], {"type": "number", "decimalChar": ","}),
    "number with groups": column(["1,000.5", "1000", "1 000"], {"type": "number", "groupChar": ","}),
    "number with text around": column(["$5.5", "5.5%", "x", "EUR 7"], {"type": "number", "bareNumber": False}),
    "boolean": column(["true", "True", "TRUE", "1", "false", "0", "yes", "no", "tRue", ""], {"type": "boolean"}),
    "boolean in other words": column(
        ["ja", "nein", "true", "1"], {"type": "boolean", "trueValues": ["ja"], "falseValues": ["nein"]}),
    "string": column(["a", "1", "", "NA", "null"], {"type": "string"}),
    "email": column(["a@b.org", "a@b", "ab", "", "@b.org"], {"type": "string", "format": "email"}),
    "uri": column(["http://a.org/x", "a.org", "mailto:a@b.org", ""], {"type": "string", "format": "uri"}),
    "uuid": column(
        ["2bc1c94f-0deb-43e9-92a1-4775189ec9f8", "2bc1c94f-0deb-43e9-92a1", "x"], {"type": "string", "format": "uuid"}),
    "binary": column(["TWFu", "TWE=", "TWF", ""], {"type": "string", "format": "binary"}),
    "date": column(["2024-01-31", "2023-02-29", "31/01/2024", "2024-01-31T00:00:00", "x", ""], {"type": "date"}),
    "date day first": column(
        ["31/01/2024", "01/31/2024", "2024-01-31", "1/2/2024"], {"type": "date", "format": "%d/%m/%Y"}),
    "date with a name": column(["31 Jan 2024", "31 January 2024", "31-Jan-2024"], {"type": "date", "format": "%d %b %Y"}),
    "date of two digits": column(["31.01.24", "31.01.2024", "x"], {"type": "date", "format": "%d.%m.%y"}),
    "date of any kind": column(["2024-01-31", "x"], {"type": "date", "format": "any"}),
    "time": column(["10:20:30", "10:20", "25:00:00", "x", "10:20:30.5", "10:20:30Z", ""], {"type": "time"}),
    "time by a pattern": column(["10:20", "10:20:30", "6 PM"], {"type": "time", "format": "%H:%M"}),
    "datetime": column(
        ["2024-01-02T10:20:30", "2024-01-02T10:20:30Z", "2024-01-02 10:20:30", "2024-01-02", "2024-01-02T10:20", "x",
         "2024-13-02T10:20:30", "2024-01-02T10:20:30.25+02:00", ""], {"type": "datetime"}),
    "datetime by a pattern": column(
        ["02.01.2024 10:20", "2024-01-02 10:20", "02.01.2024 25:20"],
        {"type": "datetime", "format": "%d.%m.%Y %H:%M"}),
    "year": column(["2024", "24", "20245", "x", "0001", ""], {"type": "year"}),
    "yearmonth": column(["2024-05", "2024-13", "2024", "2024-5", "x"], {"type": "yearmonth"}),
    "duration": column(["P1Y2M", "PT5M", "P", "1Y", "P3W", "-P1D", "PT1D"], {"type": "duration"}),
    "geopoint": column(["90.5, 45", "181,0", "0,91", "1", "a,b"], {"type": "geopoint"}),
    "geopoint array": column(["[90.5, 45]", "[1]", "1,2"], {"type": "geopoint", "format": "array"}),
    "geopoint object": column(
        ['{"lon": 1, "lat": 2}', '{"lon": 1}', "[1, 2]"], {"type": "geopoint", "format": "object"}),
    "object": column(['{"a": 1}', "[1]", "x", "{", ""], {"type": "object"}),
    "array": column(['["a"]', "{}", "x", "[1", ""], {"type": "array"}),
    "list": column(["1;2", "1;x", "3"], {"type": "list", "delimiter": ";", "itemType": "integer"}),
    "any": column(["1", "x", "", "2024-01-01"], {"type": "any"}),
    "no type": column(["1", "x", ""], {}),
    # Missing values.
    "missing values of the schema": column(
        ["1", "NA", "-", "", "x"], {"type": "integer"}, {"missingValues": ["", "NA", "-"]}),
    "missing values of the field": column(["1", "NA", "", "x"], {"type": "integer", "missingValues": ["NA"]}),
    "no missing values": column(["a", "", "b"], {"type": "string", "constraints": {"required": True}},
                                {"missingValues": []}),
    "missing values in objects": column(
        ["1", "-9", ""], {"type": "integer", "constraints": {"required": True}},
        {"missingValues": [{"value": "-9", "label": "refused"}]}),
    "null tokens are text": column(["NA", "null", "None", "NULL"], {"type": "string", "constraints": {"required": True}}),
    # Constraints.
    "required": limits("string", ["a", "", " "], required=True),
    "unique": limits("integer", ["1", "2", "1", "1", "", "", "02"], unique=True),
    "unique strings": limits("string", ["a", "b", "a", "A", ""], unique=True),
    "unique among invalid": limits("boolean", ["true", "x", "x", "false", "true"], unique=True),
    "integers within": limits("integer", ["0", "5", "10", "11", "-1", "x", ""], minimum=0, maximum=10),
    "integers strictly within": limits("integer", ["0", "5", "10"], exclusiveMinimum=0, exclusiveMaximum=10),
    "numbers within": limits("number", ["0.1", "0.09", "1e3", "999.9"], minimum="0.1", maximum=999.9),
    "dates within": limits("date", ["2024-01-01", "2023-12-31", "2024-12-31", "2025-01-01"], minimum="2024-01-01",
                           maximum="2024-12-31"),
    "dates day first within": column(
        ["01/02/2024", "02/01/2024", "28/02/2024", "01/03/2024"],
        {"type": "date", "format": "%d/%m/%Y", "constraints": {"minimum": "01/02/2024", "maximum": "29/02/2024"}}),
    "dates of two digits within": column(
        ["01.02.24", "31.12.23"], {"type": "date", "format": "%d.%m.%y", "constraints": {"minimum": "01.01.24"}}),
    "times within": limits("time", ["09:00:00", "08:59:59", "17:00:01", "x"], minimum="09:00:00", maximum="17:00:00"),
    "datetimes within": limits("datetime", ["2024-01-01T00:00:00", "2023-12-31T23:59:59", "2024-06-01T12:00:00"],
                               minimum="2024-01-01T00:00:00", exclusiveMaximum="2024-06-01T12:00:00"),
    "years within": limits("year", ["2000", "1999", "99"], minimum="2000"),
    "months within": limits("yearmonth", ["2024-02", "2024-01", "2023-12"], minimum="2024-02"),
    "lengths": limits("string", ["a", "ab", "äöü", "abcd", ""], minLength=2, maxLength=3),
    "lengths of arrays": limits("array", ["[1]", "[1, 2]", "[]", "x"], minLength=1, maxLength=1),
    "lengths of objects": limits("object", ["{}", '{"a": 1}'], minLength=1),
    "pattern": limits("string", ["AB", "ABC", "xAB", "ab", ""], pattern="[A-Z]{2}"),
    "pattern with an anchor": limits("string", ["AB", "xAB"], pattern="^[A-Z]{2}$"),
    "enum": limits("string", ["DE", "FR", "ZZ", "de", ""], enum=["DE", "FR"]),
    "enum of integers": limits("integer", ["1", "2", "3", "x"], enum=[1, "2"]),
    "enum of numbers": limits("number", ["1.0", "2.5", "2.50", "3"], enum=[1, 2.5]),
    "enum of booleans": limits("boolean", ["true", "1", "false", "x"], enum=[True]),
    "enum of dates": column(
        ["31/01/2024", "01/01/2024", "x"],
        {"type": "date", "format": "%d/%m/%Y", "constraints": {"enum": ["31/01/2024"]}}),
    "enum of years": limits("year", ["2024", "2023"], enum=["2024"]),
    "constraints and formats": column(
        ["a@b.org", "x", "long@example.org"],
        {"type": "string", "format": "email", "constraints": {"maxLength": 8}}),
    "several constraints": limits("string", ["abc", "ABCD", "x"], minLength=2, pattern="[a-z]+", enum=["abc", "x"]),
    # Keys.
    "primary key": ab("a,b\n1,x\n2,y\n1,z\n,w\nq,v\n", primaryKey="a"),
    "primary key of two fields": ab("a,b\n1,x\n1,y\n2,x\n1,x\n2,x\n1,x\n", primaryKey=["a", "b"]),
    "primary key in a list": ab("a,b\n1,x\n1,x\n", primaryKey=["a"]),
    # Headers.
    "columns renamed": ab("a,c\n1,x\ny,z\n"),
    "columns swapped": ab("b,a\nx,1\ny,2\n"),
    "a column missing": ab("a\n1\nx\n"),
    "a column more": ab("a,b,c\n1,x,2\ny,z,3\n"),
    "a label twice": ab("a,a\n1,x\ny,z\n"),
    "a label blank": ab("a,\n1,x\ny,z\n"),
    "equal": ab("b,a\nx,1\ny,z\n", fieldsMatch="equal"),
    "equal with others": ab("b,c\nx,1\n", fieldsMatch="equal"),
    "subset": ab("c,b,a\n9,x,1\n9,y,z\n", fieldsMatch="subset"),
    "subset without one": ab("c,b\n9,x\n", fieldsMatch="subset"),
    "superset": ab("b\nx\n", fieldsMatch="superset"),
    "superset with others": ab("b,c\nx,1\n", fieldsMatch="superset"),
    "partial": ab("c,a\n9,x\n", fieldsMatch="partial"),
    "partial with none": ab("c,d\n9,x\n", fieldsMatch="partial"),
    # Rows.
    "short and long rows": ab("a,b\n1,x\n2\n3,y,z\nq,w\n"),
    "a short row with a required cell": (
        "a,b\n1,x\n2\n", schema(a={"type": "integer"}, b={"type": "string", "constraints": {"required": True}})),
    "blank lines": ab("a,b\n1,x\n\ny,z\n\n\nq,w\n"),
    "rows of empty cells": (
        'a,b\n1,x\n,\n"",""\nq,y\n',
        schema(a={"type": "integer", "constraints": {"required": True}}, b={"type": "string"})),
    "lines within cells": ab('a,b\n1,"x\ny"\nq,z\n'),
    "no rows": ab("a,b\n"),
    "an empty file": ab(""),
}

# Descriptors of resources and packages: the schema is PEOPLE's, the rest is that of the resource.
RESOURCES = {
    "semicolons": ("a;b\n1;x,y\nq;z\n", {"schema": schema(**AB), "dialect": {"delimiter": ";"}}),
    "semicolons in v5": ("a;b\n1;x\nq;z\n", {"schema": schema(**AB), "dialect": {"csv": {"delimiter": ";"}}}),
    "no header": ("1,x\nq,z\n", {"schema": schema(**AB), "dialect": {"header": False}}),
    "other quotes": ("a,b\n1,'x,y'\nq,z\n", {"schema": schema(**AB), "dialect": {"csv": {"quoteChar": "'"}}}),
    "rows counted": ("a,b\n1,x\n", {"schema": schema(**AB), "rows": 2}),
    "fields counted": ("a,b\n1,x\n", {"schema": schema(**AB), "fields": 3}),
}


def answer(descriptor):
    report = Resource.from_descriptor(descriptor).validate()
    errors = []
    for task in report.tasks:
        for error in task.errors:
            told = error.to_descriptor()
            errors.append([told.get("rowNumber"), told.get("fieldName"), told["type"]])
    errors.extend(["", "", error.type] for error in report.errors)
    return {"valid": report.valid, "errors": errors}


HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        resources = {name: (text, {"schema": descriptor}) for name, (text, descriptor) in CASES.items()}
        for name, (text, descriptor) in {**resources, **RESOURCES}.items():
            with open("data.csv", "w", newline="") as out:
                out.write(text)
            resource = {"$schema": PROFILE + "dataresource.json", "name": "data", "path": "data.csv", **descriptor}
            found = answer(resource)
            contract = descriptor["schema"] if name in CASES else resource
            cases.append({"name": name, "text": text, "contract": contract, **found})

    with open(os.path.join(HERE, "cases.json"), "w") as out:
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
        out.write(f'{{"frictionless": "{frictionless.__version__}", "cases": [\n{lines}\n]}}\n')


main()
