"""Writes suite.json and, by Great Expectations on orders.csv, results.json, and the same of trips, readings, payloads and frames: what the tests
hold Driftline against.

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


A, B, LIST, WHEN = "column_A", "column_B", "column_list", "row_condition"
OPEN = {"type": "comparison", "column": {"name": "status"}, "operator": "==", "parameter": "open"}
HIGH = {"type": "comparison", "column": {"name": "high"}, "operator": ">=", "parameter": 2}
IN = {"type": "comparison", "column": {"name": "country"}, "operator": "IN", "parameter": ["DE", "FR"]}
NOT_IN = {"type": "comparison", "column": {"name": "country"}, "operator": "NOT_IN", "parameter": ["DE", "FR"]}
THERE = {"type": "nullity", "column": {"name": "closed"}, "is_null": False}
GONE = {"type": "nullity", "column": {"name": "closed"}, "is_null": True}
LEGACY = {"condition_parser": "great_expectations"}
PANDAS = {"condition_parser": "pandas"}
TRIPS = [
    ("expect_column_pair_values_a_to_be_greater_than_b", {A: "high", B: "low"}),
    ("expect_column_pair_values_a_to_be_greater_than_b", {A: "high", B: "low", "or_equal": True}),
    ("expect_column_pair_values_a_to_be_greater_than_b", {A: "high", B: "low", "or_equal": True, "mostly": 0.6}),
    ("expect_column_pair_values_a_to_be_greater_than_b",
     {A: "high", B: "low", "ignore_row_if": "either_value_is_missing"}),
    ("expect_column_pair_values_a_to_be_greater_than_b", {A: "high", B: "low", "ignore_row_if": "neither"}),
    ("expect_column_pair_values_to_be_equal", {A: "x", B: "y"}),
    ("expect_column_pair_values_to_be_equal", {A: "x", B: "y", "ignore_row_if": "either_value_is_missing"}),
    ("expect_column_pair_values_to_be_equal", {A: "x", B: "y", WHEN: OPEN}),
    ("expect_column_pair_values_to_be_in_set",
     {A: "country", B: "currency", "value_pairs_set": [["DE", "EUR"], ["FR", "EUR"], ["GB", "GBP"]]}),
    ("expect_column_pair_values_to_be_in_set",
     {A: "country", B: "currency", "value_pairs_set": [["DE", "EUR"], ["FR", "EUR"], ["GB", "GBP"], ["US", "USD"],
                                                       ["DE", "GBP"]]}),
    ("expect_multicolumn_sum_to_equal", {LIST: ["x", "y", "z"], "sum_total": 6}),
    ("expect_multicolumn_sum_to_equal", {LIST: ["x", "y", "z"], "sum_total": 6, "mostly": 0.6}),
    ("expect_multicolumn_sum_to_equal", {LIST: ["x", "y", "z"], "sum_total": 6, "ignore_row_if": "any_value_is_missing"}),
    ("expect_multicolumn_sum_to_equal", {LIST: ["x", "y", "z"], "sum_total": 6, "ignore_row_if": "never"}),
    ("expect_multicolumn_values_to_be_equal", {LIST: ["x", "y", "z"]}),
    ("expect_multicolumn_values_to_be_equal", {LIST: ["x", "y", "z"], "ignore_row_if": "never"}),
    ("expect_multicolumn_values_to_be_equal", {LIST: ["x", "y"], WHEN: HIGH}),
    ("expect_select_column_values_to_be_unique_within_record", {LIST: ["x", "y", "z"]}),
    ("expect_select_column_values_to_be_unique_within_record",
     {LIST: ["x", "y", "z"], "ignore_row_if": "any_value_is_missing"}),
    ("expect_select_column_values_to_be_unique_within_record", {LIST: ["x", "z"], "ignore_row_if": "never"}),
    ("expect_compound_columns_to_be_unique", {LIST: ["id", "line"]}),
    ("expect_compound_columns_to_be_unique", {LIST: ["id", "line"], "mostly": 0.7}),
    ("expect_compound_columns_to_be_unique", {LIST: ["id", "start"]}),
    ("expect_compound_columns_to_be_unique", {LIST: ["x", "y"]}),
    ("expect_compound_columns_to_be_unique", {LIST: ["x", "y"], "ignore_row_if": "any_value_is_missing"}),
    ("expect_compound_columns_to_be_unique", {LIST: ["country", "currency"], WHEN: OPEN}),
    ("expect_column_values_to_be_null", {C: "closed"}),
    ("expect_column_values_to_be_null", {C: "closed", "mostly": 0.5}),
    ("expect_column_values_to_be_null", {C: "closed", WHEN: OPEN}),
    ("expect_column_values_to_not_be_null", {C: "closed", WHEN: OPEN}),
    ("expect_column_values_to_not_be_null", {C: "low", WHEN: THERE}),
    ("expect_column_values_to_not_be_null", {C: "low", WHEN: GONE}),
    ("expect_column_values_to_be_between", {C: "low", "min_value": 2, "max_value": 7, WHEN: OPEN}),
    ("expect_column_values_to_be_between", {C: "low", "min_value": 2, "max_value": 7, WHEN: HIGH}),
    ("expect_column_values_to_be_between", {C: "low", "min_value": 0, WHEN: {"type": "and", "conditions": [OPEN, HIGH]}}),
    ("expect_column_values_to_be_between",
     {C: "high", "min_value": 2, "max_value": 8, WHEN: {"type": "or", "conditions": [OPEN, IN]}}),
    ("expect_column_values_to_be_between", {C: "low", "max_value": 4, WHEN: NOT_IN}),
    ("expect_column_values_to_be_in_set", {C: "currency", "value_set": ["EUR"], WHEN: IN}),
    ("expect_column_values_to_be_in_set", {C: "currency", "value_set": ["EUR"], WHEN: IN, "mostly": 0.7}),
    ("expect_column_values_to_be_in_set",
     {C: "currency", "value_set": ["EUR"], WHEN: 'col("country") == "DE"', **LEGACY}),
    ("expect_column_values_to_be_in_set",
     {C: "currency", "value_set": ["EUR"], WHEN: 'country == "FR" and high > 1', **PANDAS}),
    ("expect_column_values_to_not_be_null", {C: "closed", WHEN: 'col("country").notNull()', **LEGACY}),
    ("expect_column_values_to_not_be_null", {C: "closed", WHEN: "status != 'open'", **PANDAS}),
    ("expect_column_values_to_be_unique", {C: "id", WHEN: OPEN}),
    ("expect_column_values_to_be_unique", {C: "country", WHEN: HIGH}),
    ("expect_column_values_to_match_regex", {C: "country", "regex": "^D", WHEN: OPEN}),
    ("expect_column_value_lengths_to_equal", {C: "country", "value": 2, WHEN: HIGH}),
    ("expect_table_row_count_to_equal", {"value": 5, WHEN: OPEN}),
    ("expect_table_row_count_to_be_between", {"min_value": 5, WHEN: IN}),
    ("expect_column_distinct_values_to_contain_set", {C: "country", "value_set": ["DE", "FR"]}),
    ("expect_column_distinct_values_to_contain_set", {C: "country", "value_set": ["DE", "IT"]}),
    ("expect_column_distinct_values_to_contain_set", {C: "x", "value_set": [1, 5]}),
    ("expect_column_distinct_values_to_equal_set", {C: "country", "value_set": ["DE", "FR", "GB", "US"]}),
    ("expect_column_distinct_values_to_equal_set", {C: "country", "value_set": ["DE", "FR", "GB"]}),
    ("expect_column_distinct_values_to_equal_set", {C: "x", "value_set": [0, 1, 2, 3, 4, 5]}),
    ("expect_column_most_common_value_to_be_in_set", {C: "country", "value_set": ["DE"]}),
    ("expect_column_most_common_value_to_be_in_set", {C: "country", "value_set": ["FR"]}),
    ("expect_column_most_common_value_to_be_in_set", {C: "x", "value_set": [1], "ties_okay": True}),
    ("expect_column_most_common_value_to_be_in_set", {C: "x", "value_set": [1]}),
    ("expect_column_quantile_values_to_be_between",
     {C: "low", "quantile_ranges": {"quantiles": [0.1, 0.5, 0.9], "value_ranges": [[1, 2], [3, 6], [None, 7]]}}),
    ("expect_column_quantile_values_to_be_between",
     {C: "low", "quantile_ranges": {"quantiles": [0.0, 0.25, 1.0], "value_ranges": [[1, 1], [2, 2], [8, None]]}}),
    ("expect_column_values_to_match_strftime_format", {C: "joined", "strftime_format": "%d/%m/%Y"}),
    ("expect_column_values_to_match_strftime_format", {C: "joined", "strftime_format": "%d/%m/%Y", "mostly": 0.6}),
    ("expect_column_values_to_match_strftime_format", {C: "joined", "strftime_format": "%Y-%m-%d", WHEN: OPEN}),
]


ABOVE = {"type": "comparison", "column": {"name": "value"}, "operator": ">=", "parameter": 9}
OF_A = {"type": "comparison", "column": {"name": "site"}, "operator": "==", "parameter": "a"}
KL, Z, FAR = (f"expect_column_{it}" for it in
              ("kl_divergence_to_be_less_than", "value_z_scores_to_be_less_than", "values_to_not_be_outliers"))
MIX = {"values": ["a", "b", "c"], "weights": [0.5, 0.3, 0.2]}
BINS = {"bins": [0, 5, 10, 15], "weights": [0.1, 0.5, 0.4]}
READINGS = [
    (Z, {C: "value", "threshold": 2, "double_sided": True}),
    (Z, {C: "value", "threshold": 2, "double_sided": False}),
    (Z, {C: "value", "threshold": 3.5, "double_sided": True}),
    (Z, {C: "value", "threshold": 2, "double_sided": True, "mostly": 0.9}),
    (Z, {C: "level", "threshold": 1, "double_sided": True}),
    (Z, {C: "same", "threshold": 1, "double_sided": True}),
    (Z, {C: "value", "threshold": 1.5, "double_sided": True, WHEN: OF_A}),
    (FAR, {C: "value"}),
    (FAR, {C: "value", "multiplier": 3}),
    (FAR, {C: "value", "method": "std", "multiplier": 2}),
    (FAR, {C: "value", "method": "std", "multiplier": 0}),
    (FAR, {C: "value", "mostly": 0.8}),
    (FAR, {C: "level"}),
    (FAR, {C: "same"}),
    (FAR, {C: "same", "method": "std", "multiplier": 2}),
    (FAR, {C: "value", WHEN: OF_A}),
    (FAR, {C: "value", "multiplier": 0.5, WHEN: ABOVE}),
    (KL, {C: "site", "partition_object": MIX, "threshold": 0.1}),
    (KL, {C: "site", "partition_object": MIX, "threshold": 0.01}),
    (KL, {C: "site", "partition_object": {"values": ["a", "b", "z"], "weights": [0.5, 0.3, 0.2]}, "threshold": 5}),
    (KL, {C: "site", "partition_object": {"values": ["a", "b"], "weights": [0.6, 0.4]}, "threshold": 0.5,
          "tail_weight_holdout": 0.1}),
    (KL, {C: "site", "partition_object": {"values": ["a"], "weights": [1.0]}, "threshold": 0.5, "tail_weight_holdout": 0.3}),
    (KL, {C: "value", "partition_object": BINS, "threshold": 0.5}),
    (KL, {C: "value", "partition_object": BINS, "threshold": 2, "tail_weight_holdout": 0.2}),
    (KL, {C: "value", "partition_object": {"bins": [0, 5, 10, 15], "weights": [0.1, 0.0, 0.9]}, "threshold": 2,
          "tail_weight_holdout": 0.1, "internal_weight_holdout": 0.2}),
    (KL, {C: "value", "partition_object": {"bins": [0, 10, 15], "weights": [0.5, 0.3], "tail_weights": [0.05, 0.15]},
          "threshold": 0.2}),
    (KL, {C: "level", "partition_object": {"bins": [0, 2, 4], "weights": [0.5, 0.5]}, "threshold": 0.2,
          "tail_weight_holdout": 0.01}),
    ("expect_column_mean_to_be_between", {C: "value", "min_value": 9, "max_value": 12, WHEN: OF_A}),
    ("expect_column_mean_to_be_between", {C: "value", "min_value": 13, WHEN: OF_A}),
    ("expect_column_max_to_be_between", {C: "value", "max_value": 50, WHEN: OF_A}),
    ("expect_column_sum_to_be_between", {C: "level", "min_value": 1, "max_value": 5, WHEN: ABOVE}),
    ("expect_column_unique_value_count_to_be_between", {C: "site", "min_value": 2, "max_value": 2, WHEN: ABOVE}),
    ("expect_column_stdev_to_be_between", {C: "value", "max_value": 3, WHEN: OF_A}),
    ("expect_column_proportion_of_non_null_values_to_be_between", {C: "value", "min_value": 0.9, WHEN: OF_A}),
    ("expect_column_median_to_be_between", {C: "value", "min_value": 9, "max_value": 11, WHEN: ABOVE}),
    ("expect_column_most_common_value_to_be_in_set", {C: "site", "value_set": ["a"], WHEN: ABOVE}),
    ("expect_column_quantile_values_to_be_between",
     {C: "value", "quantile_ranges": {"quantiles": [0.5], "value_ranges": [[9, 10]]}, WHEN: OF_A}),
    ("expect_column_distinct_values_to_contain_set", {C: "site", "value_set": ["a", "b"], WHEN: ABOVE}),
    ("expect_column_min_to_be_between", {C: "day", "min_value": "2024-01-01", "max_value": "2024-01-31"}),
    ("expect_column_min_to_be_between", {C: "day", "min_value": "2024-01-02"}),
    ("expect_column_max_to_be_between", {C: "day", "max_value": "2024-03-01", "strict_max": True}),
    ("expect_column_max_to_be_between", {C: "day", "max_value": "2024-01-20"}),
    ("expect_column_values_to_match_regex_list", {C: "code", "regex_list": ["^[A-Z]", "\\d$"], "match_on": "all"}),
    ("expect_column_values_to_match_regex_list", {C: "code", "regex_list": ["^[A-Z]", "7"], "match_on": "all"}),
    ("expect_column_values_to_match_regex_list", {C: "code", "regex_list": ["^[A-Z]", "\\d$"], "match_on": "all", "mostly": 0.8}),
    ("expect_column_to_exist", {C: "site", "column_index": 1}),
    ("expect_column_to_exist", {C: "site", "column_index": 2}),
    ("expect_column_to_exist", {C: "gone", "column_index": 0}),
    ("expect_column_quantile_values_to_be_between",
     {C: "value", "quantile_ranges": {"quantiles": [0.25, 0.75], "value_ranges": [[7, 8], [10, 11]]},
      "allow_relative_error": "linear"}),
    ("expect_column_quantile_values_to_be_between",
     {C: "value", "quantile_ranges": {"quantiles": [0.3, 0.6], "value_ranges": [[7, 8], [10, 11]]},
      "allow_relative_error": "lower"}),
    ("expect_column_quantile_values_to_be_between",
     {C: "value", "quantile_ranges": {"quantiles": [0.3, 0.6], "value_ranges": [[7, 8], [10, 11]]},
      "allow_relative_error": "higher"}),
    ("expect_column_quantile_values_to_be_between",
     {C: "value", "quantile_ranges": {"quantiles": [0.3, 0.6], "value_ranges": [[7, 8], [10, 11]]},
      "allow_relative_error": "midpoint"}),
]

PARSED, DATED = "expect_column_values_to_match_json_schema", "expect_column_values_to_be_dateutil_parseable"
OBJECT = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer", "minimum": 0}}}
TAGS = {"properties": {"tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True}}}
PAYLOADS = [
    ("expect_column_values_to_be_json_parseable", {C: "payload"}),
    (PARSED, {C: "payload", "json_schema": OBJECT}),
    (PARSED, {C: "payload", "json_schema": OBJECT, "mostly": 0.4}),
    (PARSED, {C: "payload", "json_schema": TAGS, "mostly": 0.7}),
    (PARSED, {C: "payload", "json_schema": {"$schema": "http://json-schema.org/draft-04/schema#", **OBJECT}}),
    (PARSED, {C: "payload", "json_schema": {"anyOf": [{"type": "null"}, {"type": "array"}, OBJECT]}}),
    (PARSED, {C: "payload", "json_schema": {"additionalProperties": {"type": ["integer", "array"]}}}),
    (DATED, {C: "seen"}),
    (DATED, {C: "seen", "mostly": 0.6}),
    (DATED, {C: "seen", "mostly": 0.7}),
]



def chosen(name, operator, value):
    return {"type": "comparison", "column": {"name": name}, "operator": operator, "parameter": value}


DAYS = ["05/06/2024", "06/06/2024", "07/06/2024", "13/06/2024", "20/06/2024", "21/06/2024", "25/06/2024", "28/06/2024"]
EQUAL, LIKE = "expect_column_pair_values_to_be_equal", "expect_column_values_to_match_regex"
DISTINCT = "expect_column_distinct_values_to"
FRAMES = [
    ("expect_column_values_to_be_in_set", {C: "day", "value_set": DAYS}),
    ("expect_column_values_to_be_in_set", {C: "day", "value_set": DAYS + ["30/06/2024"]}),
    ("expect_column_values_to_not_be_in_set", {C: "day", "value_set": ["30/06/2024", "2024-06-05"]}),
    ("expect_column_values_to_be_in_set", {C: "flag", "value_set": ["yes", "no"]}),
    ("expect_column_values_to_be_in_set", {C: "flag", "value_set": ["yes"], "mostly": 0.4}),
    ("expect_column_values_to_be_in_set", {C: "due", "value_set": ["2024-06-05", "2024-06-06"]}),
    (LIKE, {C: "size", "regex": "^[1-9]0$"}),
    (LIKE, {C: "day", "regex": "^[0-2]"}),
    (LIKE, {C: "flag", "regex": "^y"}),
    (LIKE, {C: "id", "regex": "^(?!1)"}),
    ("expect_column_value_lengths_to_equal", {C: "day", "value": 10}),
    ("expect_column_value_lengths_to_be_between", {C: "size", "max_value": 2}),
    ("expect_column_values_to_be_increasing", {C: "size"}),
    ("expect_column_values_to_match_strftime_format", {C: "day", "strftime_format": "%d/%m/%Y"}),
    ("expect_column_values_to_match_strftime_format", {C: "day", "strftime_format": "%m/%d/%Y", "mostly": 0.3}),
    (DISTINCT + "_contain_set", {C: "day", "value_set": ["05/06/2024", "01/01/2024"]}),
    (DISTINCT + "_equal_set", {C: "day", "value_set": DAYS + ["30/06/2024"]}),
    (DISTINCT + "_equal_set", {C: "day", "value_set": DAYS}),
    (DISTINCT + "_be_in_set", {C: "day", "value_set": DAYS}),
    (DISTINCT + "_be_in_set", {C: "size", "value_set": [10, 20, 30, 40, 50, 60, 70, 80, 90]}),
    (DISTINCT + "_equal_set", {C: "flag", "value_set": ["yes", "no", "maybe"]}),
    (DISTINCT + "_contain_set", {C: "size", "value_set": [10, 20, 15]}),
    ("expect_column_most_common_value_to_be_in_set", {C: "word", "value_set": ["b"]}),
    ("expect_column_most_common_value_to_be_in_set", {C: "flag", "value_set": ["no"]}),
    ("expect_column_most_common_value_to_be_in_set", {C: "day", "value_set": ["05/06/2024"], "ties_okay": True}),
    ("expect_column_most_common_value_to_be_in_set",
     {C: "flag", "value_set": ["no"], WHEN: chosen("size", ">=", 80)}),
    ("expect_column_most_common_value_to_be_in_set",
     {C: "size", "value_set": [10], "ties_okay": True, WHEN: chosen("day", "==", "05/06/2024")}),
    ("expect_column_kl_divergence_to_be_less_than",
     {C: "flag", "partition_object": {"values": ["yes", "no"], "weights": [0.5, 0.5]}, "threshold": None}),
    ("expect_column_kl_divergence_to_be_less_than",
     {C: "flag", "partition_object": {"values": ["yes", "no"], "weights": [0.5, 0.5]}, "threshold": 0.001}),
    ("expect_column_values_to_be_of_type", {C: "size", "type_": "int64"}),
    ("expect_column_values_to_be_of_type", {C: "size", "type_": "float64"}),
    ("expect_column_values_to_be_of_type", {C: "gap", "type_": "int64"}),
    ("expect_column_values_to_be_of_type", {C: "gap", "type_": "float64"}),
    ("expect_column_values_to_be_in_type_list", {C: "gap", "type_list": ["int64", "bool"]}),
    ("expect_column_values_to_be_in_type_list", {C: "ratio", "type_list": ["bool", "float64"]}),
    ("expect_column_values_to_be_of_type", {C: "day", "type_": "int64"}),
    (EQUAL, {"column_A": "word", "column_B": "due"}),
    (EQUAL, {"column_A": "size", "column_B": "word"}),
    (EQUAL, {"column_A": "flag", "column_B": "word"}),
    ("expect_column_pair_values_to_be_in_set",
     {"column_A": "day", "column_B": "id", "value_pairs_set": [["05/06/2024", 1], ["05/06/2024", 5], ["06/06/2024", 2]]}),
    ("expect_select_column_values_to_be_unique_within_record", {"column_list": ["size", "due", "flag"]}),
    ("expect_select_column_values_to_be_unique_within_record", {"column_list": ["word", "due", "flag"]}),
    ("expect_multicolumn_values_to_be_equal", {"column_list": ["size", "flag"]}),
    ("expect_column_values_to_not_be_null", {C: "gap", WHEN: chosen("flag", "==", "yes")}),
    ("expect_column_values_to_not_be_null", {C: "gap", WHEN: chosen("day", "==", "30/06/2024")}),
    ("expect_table_row_count_to_equal", {"value": 6, WHEN: chosen("flag", "==", "no")}),
    ("expect_table_row_count_to_equal", {"value": 9, WHEN: chosen("day", "NOT_IN", ["30/06/2024"])}),
    (LIKE, {C: "day", "regex": "^0", WHEN: chosen("size", "IN", [10, 20, 100])}),
]


def condition(it):
    """A condition as an object of Great Expectations."""
    from great_expectations.expectations.row_conditions import Column

    if not isinstance(it, dict):
        return it
    if it["type"] in ("and", "or"):
        first, *rest = [condition(part) for part in it["conditions"]]
        for part in rest:
            first = first & part if it["type"] == "and" else first | part
        return first
    column = Column(it["column"]["name"])
    if it["type"] == "nullity":
        return column.is_null() if it["is_null"] else column.is_not_null()
    value = it["parameter"]
    operators = {"==": lambda: column == value, ">=": lambda: column >= value, "IN": lambda: column.is_in(value),
                 "NOT_IN": lambda: column.is_not_in(value)}
    return operators[it["operator"]]()


def write(table, suite_file, results_file, cases):
    suite = {
        "name": table,
        "expectations": [{"type": kind, "kwargs": kwargs, "meta": {}} for kind, kwargs in cases],
        "meta": {"great_expectations_version": gx.__version__},
    }
    with open(suite_file, "w") as out:
        json.dump(suite, out, indent=1)
        out.write("\n")
    frame = pd.read_csv(f"{table}.csv")
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("p").add_dataframe_asset("a")
    batch = asset.add_batch_definition_whole_dataframe("b").get_batch({"dataframe": frame})
    results = []
    for kind, kwargs in cases:
        name = "".join(part.capitalize() for part in kind.split("_"))
        kwargs = {key: condition(value) if key == WHEN else value for key, value in kwargs.items()}
        name = name.replace("Kl", "KL")
        expectation = getattr(gx.expectations, name)(**kwargs)
        found = batch.validate(expectation, result_format="COMPLETE").to_json_dict()
        kept = ["element_count", "missing_count", "unexpected_count", "unexpected_index_list", "unexpected_percent",
                "partial_unexpected_list", "observed_value"]
        result = {key: found["result"][key] for key in kept if key in found["result"]}
        if found["exception_info"].get("raised_exception", True):
            print("raised:", kind, kwargs, found["exception_info"])
        results.append({"success": found["success"], "result": result})
    with open(results_file, "w") as out:
        out.write("[\n" + ",\n".join(json.dumps(result, default=lambda it: it.item()) for result in results) + "\n]\n")


write("orders", "suite.json", "results.json", CASES)
write("trips", "trips-suite.json", "trips-results.json", TRIPS)
write("readings", "readings-suite.json", "readings-results.json", READINGS)
write("payloads", "payloads-suite.json", "payloads-results.json", PAYLOADS)
write("frames", "frames-suite.json", "frames-results.json", FRAMES)
