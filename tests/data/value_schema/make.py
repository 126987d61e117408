"""What python-jsonschema says of JSON values: writes cases.json beside this file. Needs jsonschema 4.26.0."""

import json
import pathlib
from importlib.metadata import version

import jsonschema

D = {
    "4": "http://json-schema.org/draft-04/schema#",
    "6": "http://json-schema.org/draft-06/schema#",
    "7": "http://json-schema.org/draft-07/schema#",
    "2019": "https://json-schema.org/draft/2019-09/schema",
    "2020": "https://json-schema.org/draft/2020-12/schema",
}
schemas = [
    {"type": "integer"},
    {"type": "number"},
    {"type": ["string", "null"]},
    {"type": "boolean"},
    {"type": "object"},
    {"enum": [1, "a", None, [1, 2], {"a": 1}]},
    {"const": {"a": [1, True]}},
    {"const": 1},
    {"minimum": 1, "maximum": 3},
    {"exclusiveMinimum": 1},
    {"multipleOf": 0.1},
    {"multipleOf": 3},
    {"minLength": 2, "maxLength": 3},
    {"pattern": "^a.c$"},
    {"pattern": "b"},
    {"items": {"type": "integer"}, "minItems": 1},
    {"uniqueItems": True},
    {"contains": {"type": "string"}},
    {"contains": {"const": 1}, "minContains": 2, "maxContains": 2},
    {"prefixItems": [{"type": "integer"}], "items": {"type": "string"}},
    {"items": [{"type": "integer"}], "additionalItems": {"type": "string"}},
    {"required": ["a"], "properties": {"a": {"type": "integer"}}, "additionalProperties": False},
    {"patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": {"type": "string"}},
    {"propertyNames": {"maxLength": 1}},
    {"minProperties": 1, "maxProperties": 1},
    {"dependentRequired": {"a": ["b"]}},
    {"dependentSchemas": {"a": {"required": ["b"]}}},
    {"dependencies": {"a": ["b"]}},
    {"dependencies": {"a": {"required": ["b"]}}},
    {"allOf": [{"type": "integer"}, {"minimum": 2}]},
    {"anyOf": [{"type": "string"}, {"minimum": 2}]},
    {"oneOf": [{"type": "integer"}, {"minimum": 2}]},
    {"not": {"type": "integer"}},
    {"if": {"type": "integer"}, "then": {"minimum": 2}, "else": {"type": "string"}},
    {
        "$ref": "#/definitions/n",
        "definitions": {
            "n": {"type": "object", "properties": {"next": {"$ref": "#/definitions/n"}}, "required": ["v"]}
        },
    },
    {"$ref": "#/definitions/n", "maximum": 1, "definitions": {"n": {"type": "integer"}}},
    {"minimum": 1, "exclusiveMinimum": True},
    {"format": "email"},
    True,
    False,
    {},
    {"properties": {"a": {"$ref": "#/$defs/s~1t"}}, "$defs": {"s/t": {"type": "string"}}},
    {"$ref": "#x", "$defs": {"y": {"$anchor": "x", "type": "string"}}},
]
values = [
    "1",
    "2",
    "3",
    "6",
    "0.3",
    "1.0",
    "-1",
    "1e3",
    "12345678901234567890",
    '"a"',
    '"abc"',
    '"aéc"',
    '"abcd"',
    '""',
    "null",
    "true",
    "false",
    "[]",
    "[1]",
    "[1,1]",
    "[1,1.0]",
    "[1,true]",
    '[1,"a"]',
    '["a",1]',
    '[1,2,"b"]',
    '[1,"b",3]',
    "{}",
    '{"a":1}',
    '{"a":"x"}',
    '{"a":1,"b":2}',
    '{"a":[1,true]}',
    '{"a":[1,1]}',
    '{"xy":1}',
    '{"xy":"a"}',
    '{"q":"s"}',
    '{"q":1}',
    '{"v":1,"next":{"v":2}}',
    '{"v":1,"next":{}}',
    '[{"a":1,"b":2},{"b":2,"a":1}]',
    "[[1],[true]]",
]
out = []
for s in schemas:
    for d, uri in D.items():
        sc = s
        if isinstance(s, dict):
            sc = {"$schema": uri, **s}
        elif d != "2020":
            continue
        try:
            cls = jsonschema.validators.validator_for(sc, default=jsonschema.validators.Draft202012Validator)
            cls.check_schema(sc)
        except jsonschema.SchemaError:
            out.append((sc, None))
            continue
        bits = ""
        for v in values:
            try:
                jsonschema.validate(json.loads(v), sc)
                bits += "1"
            except jsonschema.ValidationError:
                bits += "0"
            except Exception:
                bits = "error"
                break
        out.append((sc, bits))
# What the validator itself fails on is nothing to be equal to.
cases = [[schema, bits] for schema, bits in out if bits != "error"]
text = {"jsonschema": version("jsonschema"), "values": values, "cases": cases}
path = pathlib.Path(__file__).with_name("cases.json")
path.write_text(
    json.dumps(text, separators=(",", ":"), ensure_ascii=False).replace('],[{"$schema', '],\n[{"$schema')
    + "\n"
)
