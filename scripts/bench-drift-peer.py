"""Compares two files as a peer of Driftline does by its defaults, from reading the CSV files to the report. Prints seconds without
start-up and imports, as JSON.

bench-drift-peer.py evidently|nannyml|alibi REFERENCE CURRENT
bench-drift-peer.py version NAME
"""

import json
import os
import resource
import sys
import time
import warnings

# Nothing is told to anybody while it is measured.
os.environ |= {"NML_DISABLE_USAGE_LOGGING": "1", "DO_NOT_TRACK": "1"}
# A text of more values is no category to Alibi Detect, whose tables of counts would not end.
CATEGORIES = 1_000


def evidently():
    import pandas as pd
    from evidently import Report
    from evidently.presets import DataDriftPreset

    def work(reference, current):
        before, now = pd.read_csv(reference), pd.read_csv(current)
        Report([DataDriftPreset()]).run(now, before).json()

    return work


def nannyml():
    import nannyml as nml
    import pandas as pd

    def work(reference, current):
        before, now = pd.read_csv(reference), pd.read_csv(current)
        calculator = nml.UnivariateDriftCalculator(column_names=list(before.columns))
        calculator.fit(before)
        calculator.calculate(now).to_df()

    return work


def alibi():
    import numpy as np
    import pandas as pd
    from alibi_detect.cd import TabularDrift

    def coded(tables):
        """Numbers as they are, few words as codes, and which columns are such."""
        columns, categories = [], {}
        for name in tables[0].columns:
            both = pd.concat([table[name] for table in tables])
            if pd.api.types.is_bool_dtype(both) or not pd.api.types.is_numeric_dtype(both):
                codes, words = pd.factorize(both)
                if len(words) > CATEGORIES:
                    continue
                categories[len(columns)] = None
                both = pd.Series(codes)
            columns.append(both.to_numpy(dtype=np.float32))
        table = np.column_stack(columns)
        return table[: len(tables[0])], table[len(tables[0]) :], categories

    def work(reference, current):
        before, now, categories = coded([pd.read_csv(reference), pd.read_csv(current)])
        # A cell that is missing is no number to its tests.
        TabularDrift(np.nan_to_num(before), p_val=0.05, categories_per_feature=categories).predict(np.nan_to_num(now))

    return work


PEERS = {"evidently": evidently, "nannyml": nannyml, "alibi": alibi}
PACKAGES = {"evidently": "evidently", "nannyml": "nannyml", "alibi": "alibi-detect"}


def main(task, *arguments):
    warnings.simplefilter("ignore")
    if task == "version":
        from importlib.metadata import version

        print(version(PACKAGES[arguments[0]]))
        return
    work = PEERS[task]()
    wall, cpu = time.perf_counter(), time.process_time()
    work(*arguments)
    found = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    unit = 1 if sys.platform == "darwin" else 1024
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    print(json.dumps(found))


main(*sys.argv[1:])
