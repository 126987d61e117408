"""What python-dateutil parses: writes cases.txt beside this file, a text a line with 1 or 0 before it.

Needs python-dateutil 2.9 or 4.0 (PyPI), whose answers are the same, and Python 3.11; written with 4.0.0 in the zone UTC:
`python make.py [SEED] [CASES]`.
"""

import datetime
import json
import pathlib
import random
import sys
import warnings

import dateutil.parser

warnings.simplefilter("ignore")
SEED, CASES = (int(it) for it in (sys.argv[1:] + ["1", "3000"][len(sys.argv) - 1 :])[:2])
DEFAULT = datetime.datetime(2024, 1, 1)
WRITTEN = """2024-01-02|2024-13-02|01/04/2024|31/04/2024|13/13/2024|2024-01-02T10:11:12Z|2024-01-02 10:11:12+02:00
Jan 5 2024|5th of January 2024|January|Monday|today|now|10:30|25:00|10:61|12pm|12 pm|13pm|20240102|202401|2024|99|1|0|32|a|hello
abc 12|2024-W03|2024-001|Thu Sep 25 10:36:28 2003|Sat Oct 11 17:13:46 UTC 2003|1996.July.10 AD 12:08 PM|10h36m28.5s|10h|10h 36
July 4 1976 12:01:02 am|x7|12/31|1-2-3|1 2|3.5|-5|+5|1e5|nan|None|true|inf|2024-02-30|2024-1-1|24-1-1|1/1/1|0000-00-00
2024/01/02|2024.01.02|02.01.2024|Jan 32 2024|feb 30|2024-01-02T25:00|2024-01-02T10|2024-01-02T10:11:12.123456789|Dec|Dez 2024
12:30:45 EST|GMT+3|10:00 GMT+3|10:00 BRST+3|2024-01-02 GMT+3|a.m.|am|Mon, 02 Jan 2024|2nd|22nd Jan|Q1 2024|2024Q1|1.2.3.4
192.168.0.1|00:00|23:59:60|9999-12-31|10000-01-01|2024-01-02x|x2024-01-02|2024--01|2024-01-|/|::|Sep-03|1:2:3:4|123456789012
20240102T101112|20240102101112|20240102T1011|DE|FR|M|h|s|AD|T|Z|may|mar 3|sat|Jan of 01|Jan of 2001|Sept 5|10:00 -0300 (BRST)
10:00-03:00|10:00 +9|10:00 +99:99|12,5|1,5|4:30:21,447|12.30|10.5h|10.5m|90m|61s|3 pm|12 a|0 am|13 a|00am|29 feb|29 Feb 2023
29 Feb 2024|Feb 29|29/02/2023|2003-09-25T10:49:41.5-03:00|Wed, July 10, '96|Tuesday, April 12, 1952 AD 3:30:42pm PST
November 5, 1994, 8:15:30 am EST|3rd of May 2001|5 of March 2001|Wed Jul 10 96|99-Jan-01|01-Jan-99|01-99-Jan|Apr-2003-25
10 September 2003 10h36m|Thu 10:36|Thu|10:36:28|10 pm|10pm|10a.m.|10 a.m|950404 122212|0:00PM, PST|12:08 PM|5:50 A.M. on June 13, 1990
April 2009|007|0031Nov27|20080227T21:26:01.123456789|Sun Mar 31 2024 02:30 CET|1 Jan 1|199912|1234567|12345678901|1e3
2024-01-02T10:11:12 +0000|2024-01-02 10:11 PM|2024-01-02 13:11 PM|31|31 Jun|June 31|2024-06-31|12.2024|2024.12|5/2024|2024/5"""
WRITTEN = [it for line in WRITTEN.split("\n") for it in line.split("|")] + ["", " ", "  ", "\t", "10:30\n", "\x00", "Ünü"]
# Digits of other scripts, and what only looks like one.
WRITTEN += "٢٠٢٤-٠١-٠٢|２０２４-01-02|१२:३०|٣|٣٠ Feb|²|1²|½|Jan of ²|Jan of ½5|Jan of é".split("|")
WRITTEN += ["10:20:30.123456²", "10:20:30.12345²"]
WRITTEN += ["1\u00a02", "10:00\x1c", "10\x000", "1\u20282", "2024\u300001\u300002"]
LETTERS = "0123456789-/:. TZJanFebampof,+'()" + "٣²"
# Limits of Python's: they are not changed.
NINES, ONES = "9" * 28, "1" * 28
LIMITS = [f"10.{NINES}{more}h" for more in ("", "4", "5", "9")] + [f"10:5.{NINES}{more}" for more in ("", "4", "5")]
LIMITS += [f"{ONES}{more} 10h 5m" for more in ("h", "1h", "m", "1m", "1s")]
LIMITS += ["0" * 30 + "1h", f"10:{ONES} 10:10", f"10:1{ONES} 10:10"]
LIMITS += [f"{ONES}.5h 10h 5m", f"1{ONES}.5h 10h 5m", "0" * 40 + "5", "0" * 40 + "1-1", "Jan of " + NINES]
LIMITS += ["1" * 4300 + "s 5s", "1" * 4301 + "s 5s", "0" * 4301, "0" * 4301 + "1"]
HOURS = (25, 23999999975, 23999999976, 23999999999, 24000000000)
for zone in ("", " EST", " GMT", " Z "):
    LIMITS += [f"10:00{zone}{sign}{hours}:{minutes}" for sign in "+-" for hours in HOURS for minutes in ("00", "01")]


def parses(text):
    try:
        dateutil.parser.parse(text, default=DEFAULT)
        return True
    except Exception:
        return False


random.seed(SEED)
texts = dict.fromkeys(WRITTEN + LIMITS)
while len(texts) < CASES:
    text = list(random.choice(WRITTEN))
    for _ in range(random.randint(1, 2)):
        at = random.randrange(len(text) + 1)
        what = random.random()
        if what < 0.4:
            text.insert(at, random.choice(LETTERS))
        elif text and what < 0.7:
            text.pop(min(at, len(text) - 1))
        elif text:
            text[min(at, len(text) - 1)] = random.choice(LETTERS)
    texts["".join(text)] = None
lines = [f"{int(parses(text))} {json.dumps(text, ensure_ascii=False)}\n" for text in texts]
pathlib.Path(__file__).with_name("cases.txt").write_text("".join(lines), encoding="utf-8")
