"""Checks a CSV file of customers against the 25 expectations of bench-suite.json, as a peer of Driftline: each a query of
DuckDB's written by hand, or the suite itself in Great Expectations. Prints how many it keeps, and seconds of the work alone,
without start-up and imports, as JSON.

bench-check-peer.py duckdb|gx FILE
bench-check-peer.py versions
"""

import json
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

SUITE = Path(__file__).with_name("bench-suite.json")


def text(value):
    return "'" + str(value).replace("'", "''") + "'"


def duckdb_check(path):
    import duckdb

    expectations = json.loads(SUITE.read_text())["expectations"]
    kept = {
        "not_be_null": "SELECT count(*) FROM t WHERE {column} IS NULL",
        "be_unique": "SELECT count(*) FROM (SELECT 1 FROM t WHERE {column} IS NOT NULL GROUP BY {column} HAVING count(*) > 1)",
        "be_increasing": "SELECT count(*) FROM (SELECT {column} AS x, lag({column}) OVER () AS before FROM t) WHERE x <= before",
        "match_regex": "SELECT count(*) FROM t WHERE NOT regexp_matches({column}, {regex})",
        "not_match_regex": "SELECT count(*) FROM t WHERE regexp_matches({column}, {regex})",
        "be_in_set": "SELECT count(*) FROM t WHERE {column} NOT IN ({set})",
        "be_between": "SELECT count(*) FROM t WHERE {column} NOT BETWEEN {min_value} AND {max_value}",
        "lengths_to_be_between": "SELECT count(*) FROM t WHERE length({column}) NOT BETWEEN {min_value} AND {max_value}",
        "greater_than_b": "SELECT count(*) FROM t WHERE last_login <= signup_date",
        "row_count_to_be_between": "SELECT count(*) < {min_value} FROM t",
    }

    def query(expectation):
        kwargs = expectation["kwargs"]
        # The longest ending, since others end with some.
        name = max((it for it in kept if expectation["type"].endswith(it)), key=len)
        values = {**kwargs, "regex": text(kwargs.get("regex")), "set": ", ".join(map(text, kwargs.get("value_set", [])))}
        return kept[name].format(**values)

    queries = [query(it) for it in expectations]

    def work():
        connection = duckdb.connect()
        connection.execute("CREATE TABLE t AS SELECT * FROM read_csv(?)", [path])
        return sum(not connection.execute(it).fetchone()[0] for it in queries)

    return work


def gx_check(path):
    import great_expectations as gx
    import pandas as pd

    def work():
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        asset = context.data_sources.add_pandas("pandas").add_dataframe_asset("customers")
        batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": pd.read_csv(path)})
        document = json.loads(SUITE.read_text())
        suite = gx.ExpectationSuite(name=document["name"], expectations=document["expectations"])
        result = batch.validate(suite, result_format="SUMMARY")
        return result.statistics["successful_expectations"]

    return work


def main(task, *paths):
    if task == "versions":
        print(json.dumps({name: version(name) for name in ("duckdb", "great_expectations")}))
        return
    work = {"duckdb": duckdb_check, "gx": gx_check}[task](*paths)
    wall, cpu = time.perf_counter(), time.process_time()
    kept = work()
    found = {"kept": kept, "seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    print(json.dumps(found))


main(*sys.argv[1:])
