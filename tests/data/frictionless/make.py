"""Writes cases.json: what Frictionless 5.21.0 says of small tables, for the tests to hold Driftline against.

Needs frictionless 5.21.0 (PyPI): `python make.py` in this folder.
"""

import json
import os
import tempfile

import frictionless
from frictionless import Resource, Schema, validate


def field(name, kind="string", **more):
    constraints = {key: more.pop(key) for key in list(more) if key in CONSTRAINTS}
    found = {"name": name, "type": kind, **more}
    return {**found, "constraints": constraints} if constraints else found


CONSTRAINTS = ["required", "unique", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum",
               "exclusiveMaximum", "pattern", "enum"]
PEOPLE = """id,name,age,country,joined,score,ok
1,Ann,34,DE,2024-01-02,0.5,true
2,Bob,x7,FR,2024-13-02,1.5,no
2,,41,ZZ,2024-03-01,,false
4,Dan,-5,DE,01/04/2024,9.9,1
5,Eve,29,,2024-05-01,0.1,
"""
CASES = [
    ("a table with faults in every column", PEOPLE, {"fields": [
        field("id", "integer", required=True, unique=True), field("name", required=True, minLength=3, pattern="[A-D].*"),
        field("age", "integer", minimum=0, maximum=120), field("country", enum=["DE", "FR"]), field("joined", "date"),
        field("score", "number", maximum=5), field("ok", "boolean")]}),
    ("integers", "a\n1\n+2\n-3\n4.0\n5e3\nx\n 7 \n\n007\nx\n", {"fields": [field("a", "integer")]}),
    ("numbers", "a,b\n1,x\n1.5,x\n-2e3,x\n.5,x\nNA,x\nx,x\n1_0x,x\n,x\n", {"fields": [field("a", "number"), field("b")]}),
    ("booleans", "a,b\ntrue,ja\nTrue,nein\nTRUE,true\n1,ja\n0,Nein\nyes,ja\nfalse,nein\n",
     {"fields": [field("a", "boolean"), field("b", "boolean", trueValues=["ja"], falseValues=["nein"])]}),
    ("dates", "a,b,c\n2024-02-29,29/02/2024,2024.12.31\n2023-02-29,29/02/2023,2024.31.12\n2024-2-9,9/2/2024,2024.1.1\nx,,x\n",
     {"fields": [field("a", "date"), field("b", "date", format="%d/%m/%Y"), field("c", "date", format="%Y.%d.%m")]}),
    ("times", "a,b\n10:00:00,2024-01-02T10:00:00\n25:00:00,2024-01-02 10:00:00\n10:00,2024-01-02T10:61:00\n,2024-01-02\n",
     {"fields": [field("a", "time"), field("b", "datetime")]}),
    ("years and months", "a,b\n2024,2024-01\n24,2024-13\n20x4,2024\n,\n", {"fields": [field("a", "year"), field("b", "yearmonth")]}),
    ("formats of strings", "a,b,c\nx@example.org,https://example.org/a?b=c,2b1c6f6e-0c2c-4f8e-9d5e-0c1a2b3c4d5e\nx@,no uri,2b1c\n,,\n",
     {"fields": [field("a", format="email"), field("b", format="uri"), field("c", format="uuid")]}),
    ("lengths", "a,b\nab,1\nabc,2\nabcd,3\nüöä,4\n,5\n", {"fields": [field("a", minLength=3, maxLength=3), field("b")]}),
    ("bounds", "a,b,c\n1,1.0,2024-01-01\n2,2.5,2024-01-15\n3,3.0,2024-02-01\n4,4.5,2023-12-31\n", {"fields": [
        field("a", "integer", minimum=2, maximum=3), field("b", "number", minimum=1.5, maximum=4),
        field("c", "date", minimum="2024-01-01", maximum="2024-01-31")]}),
    ("patterns are of the whole text", "a,b\nabc,1\nxabc,2\nabcx,3\nab,4\n,5\n", {"fields": [field("a", pattern="abc?"), field("b")]}),
    ("enumerations", "a,b\nx,1\ny,2\nX,3\n,4\n", {"fields": [field("a", enum=["x", "y"]), field("b", "integer", enum=[1, 2])]}),
    ("required cells", "a,b\n1,\n,2\n3,4\n", {"fields": [field("a", "integer", required=True), field("b", required=True)]}),
    ("missing values of the table", "a,b\n1,-\n-,x\nn/a,n/a\nNA,NA\n,y\n",
     {"fields": [field("a", "integer"), field("b", required=True)], "missingValues": ["", "-", "n/a"]}),
    ("no missing values", "a,b\n1,x\n,y\n", {"fields": [field("a", "integer"), field("b")], "missingValues": []}),
    ("unique cells", "a,b\n1,x\n2,y\n1,x\n1,\n,\n3,\n", {"fields": [field("a", "integer", unique=True), field("b", unique=True)]}),
    ("a primary key", "a,b\n1,x\n2,y\n1,z\n,w\n", {"fields": [field("a", "integer"), field("b")], "primaryKey": ["a"]}),
    ("a primary key of two", "a,b,c\n1,x,1\n1,y,2\n1,x,3\n2,x,4\n1,y,5\n",
     {"fields": [field("a", "integer"), field("b"), field("c")], "primaryKey": ["a", "b"]}),
    ("labels that are others", "a,c\n1,x\n", {"fields": [field("a", "integer"), field("b")]}),
    ("a label too many", "a,b,c\n1,x,2\n", {"fields": [field("a", "integer"), field("b")]}),
    ("a label too few", "a\n1\n", {"fields": [field("a", "integer"), field("b")]}),
    ("all is well", "a,b\n1,x\n2,y\n", {"fields": [field("a", "integer", required=True), field("b")]}),
    ("any and objects", 'a,b\n1,"{""x"": 1}"\nx,{\n,"[1]"\n', {"fields": [field("a", "any"), field("b", "object")]}),
    ("arrays", 'a,b\n1,"[1, 2]"\n2,x\n3,"{""x"": 1}"\n', {"fields": [field("a", "any"), field("b", "array")]}),
    ("durations", "a,b\nP1Y2M,1\nPT5M,2\nP3W,3\n5 days,4\n", {"fields": [field("a", "duration"), field("b")]}),
    ("points", 'a,b\n"10.5, 45",1\n"200, 45",2\n"10;45",3\n', {"fields": [field("a", "geopoint"), field("b")]}),
]


def main():
    found = []
    for name, table, schema in CASES:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            with open("table.csv", "w", encoding="utf-8", newline="") as out:
                out.write(table)
            resource = Resource(path="table.csv", schema=Schema.from_descriptor(schema), encoding="utf-8")
            report = validate(resource)
            errors = []
            for task in report.tasks:
                for error in task.errors:
                    errors.append([error.type, getattr(error, "row_number", None), getattr(error, "field_name", None)])
            found.append({"name": name, "table": table, "schema": schema, "errors": errors})
    os.chdir(HERE)
    with open("cases.json", "w", encoding="utf-8") as out:
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in found)
        out.write(f'{{"frictionless": "{frictionless.__version__}", "cases": [\n{lines}\n]}}\n')


HERE = os.path.dirname(os.path.abspath(__file__))
main()
