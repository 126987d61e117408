"""Profiles a file as a peer of Driftline would be made to: a summary of every column, distinct values, a histogram of each
numeric column, the top 20 of each. Prints seconds of the work alone, without start-up and imports, as JSON.

bench-peer.py polars|duckdb FILE
bench-peer.py to-parquet CSV PARQUET
bench-peer.py versions
"""

import json
import resource
import sys
import time


def polars_profile(path):
    import polars as pl

    def work():
        if path.endswith(".parquet"):
            table = pl.read_parquet(path)
        else:
            table = pl.read_csv(path, try_parse_dates=True)
        table.describe()
        table.select(pl.all().n_unique())
        for column in table:
            if column.dtype.is_numeric():
                column.drop_nulls().hist(bin_count=30)
            column.value_counts(sort=True).head(20)

    return work


def duckdb_profile(path):
    import duckdb

    def work():
        connection = duckdb.connect()
        reader = "read_parquet" if path.endswith(".parquet") else "read_csv"
        connection.execute(f"CREATE TABLE t AS SELECT * FROM {reader}(?)", [path])
        summary = connection.execute("SELECT column_name, column_type, min, max FROM (SUMMARIZE t)").fetchall()
        for name, kind, least, most in summary:
            x = '"' + name.replace('"', '""') + '"'
            if least is not None and any(it in kind for it in ("INT", "DOUBLE", "FLOAT", "DECIMAL")):
                width = (float(most) - float(least)) / 30 or 1
                connection.execute(
                    f"SELECT least(floor(({x} - {least}) / {width}), 29) AS bin, count(*) FROM t"
                    f" WHERE {x} IS NOT NULL GROUP BY bin"
                ).fetchall()
            connection.execute(f"SELECT {x}, count(*) AS n FROM t GROUP BY {x} ORDER BY n DESC LIMIT 20").fetchall()

    return work


def to_parquet(csv, parquet):
    import pyarrow.csv
    import pyarrow.parquet

    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    table = pyarrow.csv.read_csv(csv, parse_options=options)
    pyarrow.parquet.write_table(table, parquet, compression="snappy")


def versions():
    from importlib.metadata import version

    return {name: version(name) for name in ("polars", "duckdb")}


def main(task, *paths):
    if task == "to-parquet":
        to_parquet(*paths)
    elif task == "versions":
        print(json.dumps(versions()))
    else:
        work = {"polars": polars_profile, "duckdb": duckdb_profile}[task](*paths)
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        found = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        print(json.dumps(found))


main(*sys.argv[1:])
