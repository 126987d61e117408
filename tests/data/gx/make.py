"""Writes suite.json and, by Great Expectations on orders.csv, results.json: what the tests hold Driftline against.

Needs great_expectations 1.24.1 (PyPI): `python make.py` in this folder.
"""

import json
import warnings

import great_expectations as gx
import pandas as pd

warnings.filterwarnings("ignore")
C = "column"
CASES = [
    ("expect_column_to_exist", {C: "id"}),
    ("expect_column_to_exist", {C: "gone"}),
    ("expect_column_values_to_not_be_null", {C: "id"}),
    ("expect_column_values_to_not_be_null", {C: "name"}),
    ("expect_column_values_to_not_be_null", {C: "name", "mostly": 0.9}),
    ("expect_column_values_to_not_be_null", {C: "name", "mostly": 0.95}),
    ("expect_column_values_to_be_unique", {C: "id"}),
    ("expect_column_values_to_be_unique", {C: "name"}),
    ("expect_column_values_to_be_unique", {C: "note"}),
    ("expect_column_values_to_be_in_set", {C: "country", "value_set": ["DE", "FR"]}),
    ("expect_column_values_to_be_in_set", {C: "country", "value_set": ["DE", "FR"], "mostly": 0.9}),
    ("expect_column_values_to_be_in_set", {C: "country", "value_set": ["DE", "FR", "ZZ"]}),
    ("expect_column_values_to_be_in_set", {C: "amount", "value_set": [1, 2.5, 10]}),
    ("expect_column_values_to_not_be_in_set", {C: "country", "value_set": ["ZZ"]}),
    ("expect_column_values_to_not_be_in_set", {C: "country", "value_set": ["XX"]}),
    ("expect_column_values_to_not_be_in_set", {C: "age", "value_set": [999, 41]}),
    ("expect_column_distinct_values_to_be_in_set", {C: "country", "value_set": ["DE", "FR", "ZZ"]}),
    ("expect_column_distinct_values_to_be_in_set", {C: "country", "value_set": ["DE"]}),
    ("expect_column_values_to_be_between", {C: "age", "min_value": 0, "max_value": 120}),
    ("expect_column_values_to_be_between", {C: "age", "min_value": -5, "max_value": 58}),
    ("expect_column_values_to_be_between", {C: "age", "min_value": -5, "strict_min": True}),
    ("expect_column_values_to_be_between", {C: "age", "max_value": 58, "strict_max": True}),
    ("expect_column_values_to_be_between", {C: "age", "min_value": 0, "max_value": 120, "mostly": 0.8}),
    ("expect_column_value_lengths_to_equal", {C: "country", "value": 2}),
    ("expect_column_value_lengths_to_equal", {C: "name", "value": 3}),
    ("expect_column_value_lengths_to_be_between", {C: "name", "min_value": 3, "max_value": 5}),
    ("expect_column_value_lengths_to_be_between", {C: "name", "max_value": 4, "strict_max": True}),
    ("expect_column_values_to_match_regex", {C: "name", "regex": "^[A-Z]"}),
    ("expect_column_values_to_match_regex", {C: "name", "regex": "an"}),
    ("expect_column_values_to_match_regex", {C: "name", "regex": "an", "mostly": 0.1}),
    ("expect_column_values_to_not_match_regex", {C: "name", "regex": "\\d"}),
    ("expect_column_values_to_not_match_regex", {C: "name", "regex": "e$"}),
    ("expect_column_values_to_match_regex_list", {C: "name", "regex_list": ["^A", "^[B-Z]"]}),
    ("expect_column_values_to_match_regex_list", {C: "name", "regex_list": ["^A", "^B"], "match_on": "any"}),
    ("expect_column_values_to_not_match_regex_list", {C: "name", "regex_list": ["^Q", "7"]}),
    ("expect_column_values_to_not_match_regex_list", {C: "name", "regex_list": ["^Q", "^A"]}),
    ("expect_column_values_to_be_json_parseable", {C: "note"}),
    ("expect_column_min_to_be_between", {C: "age", "min_value": -5, "max_value": 0}),
    ("expect_column_min_to_be_between", {C: "age", "min_value": -5, "max_value": 0, "strict_min": True}),
    ("expect_column_max_to_be_between", {C: "age", "max_value": 58}),
    ("expect_column_max_to_be_between", {C: "age", "max_value": 57}),
    ("expect_column_mean_to_be_between", {C: "amount", "min_value": 4, "max_value": 5}),
    ("expect_column_mean_to_be_between", {C: "amount", "min_value": 5}),
    ("expect_column_median_to_be_between", {C: "amount", "min_value": 2.5, "max_value": 2.5}),
    ("expect_column_median_to_be_between", {C: "age", "min_value": 34, "max_value": 40}),
    ("expect_column_stdev_to_be_between", {C: "amount", "min_value": 4.0, "max_value": 4.2}),
    ("expect_column_stdev_to_be_between", {C: "amount", "max_value": 3.9}),
    ("expect_column_sum_to_be_between", {C: "amount", "min_value": 40, "max_value": 41}),
    ("expect_column_sum_to_be_between", {C: "amount", "max_value": 40}),
    ("expect_column_unique_value_count_to_be_between", {C: "country", "min_value": 3, "max_value": 3}),
    ("expect_column_unique_value_count_to_be_between", {C: "country", "max_value": 2}),
    ("expect_column_proportion_of_unique_values_to_be_between", {C: "country", "min_value": 0.3, "max_value": 0.4}),
    ("expect_column_proportion_of_unique_values_to_be_between", {C: "id", "min_value": 1}),
    ("expect_column_proportion_of_unique_values_to_be_between", {C: "id", "min_value": 0.9, "strict_min": True}),
    ("expect_column_proportion_of_non_null_values_to_be_between", {C: "name", "min_value": 0.9}),
    ("expect_column_proportion_of_non_null_values_to_be_between", {C: "name", "min_value": 0.9, "strict_min": True}),
    ("expect_table_row_count_to_be_between", {"min_value": 10, "max_value": 10}),
    ("expect_table_row_count_to_be_between", {"min_value": 11}),
    ("expect_table_row_count_to_be_between", {"min_value": 9, "max_value": 10, "strict_max": True}),
    ("expect_table_row_count_to_equal", {"value": 10}),
    ("expect_table_row_count_to_equal", {"value": 9}),
    ("expect_table_column_count_to_equal", {"value": 6}),
    ("expect_table_column_count_to_equal", {"value": 5}),
    ("expect_table_column_count_to_be_between", {"min_value": 1, "max_value": 6}),
    ("expect_table_column_count_to_be_between", {"min_value": 7}),
    ("expect_table_columns_to_match_set", {"column_set": ["name", "id", "age", "country", "amount", "note"]}),
    ("expect_table_columns_to_match_set", {"column_set": ["name", "id"]}),
    ("expect_table_columns_to_match_set", {"column_set": ["name", "id"], "exact_match": False}),
    ("expect_table_columns_to_match_ordered_list", {"column_list": ["id", "name", "age", "country", "amount", "note"]}),
    ("expect_table_columns_to_match_ordered_list", {"column_list": ["name", "id", "age", "country", "amount", "note"]}),
]


def main():
    suite = {
        "name": "orders",
        "expectations": [{"type": kind, "kwargs": kwargs, "meta": {}} for kind, kwargs in CASES],
        "meta": {"great_expectations_version": gx.__version__},
    }
    with open("suite.json", "w") as out:
        json.dump(suite, out, indent=1)
        out.write("\n")
    frame = pd.read_csv("orders.csv")
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("p").add_dataframe_asset("a")
    batch = asset.add_batch_definition_whole_dataframe("b").get_batch({"dataframe": frame})
    results = []
    for kind, kwargs in CASES:
        name = "".join(part.capitalize() for part in kind.split("_"))
        expectation = getattr(gx.expectations, name)(**kwargs)
        found = batch.validate(expectation, result_format="COMPLETE").to_json_dict()
        kept = ["element_count", "missing_count", "unexpected_count", "unexpected_index_list", "unexpected_percent",
                "partial_unexpected_list", "observed_value"]
        result = {key: found["result"][key] for key in kept if key in found["result"]}
        results.append({"success": found["success"], "result": result})
    with open("results.json", "w") as out:
        out.write("[\n" + ",\n".join(json.dumps(result) for result in results) + "\n]\n")


main()
