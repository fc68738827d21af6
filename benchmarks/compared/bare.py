"""DuckDB reads the file into a table, and nothing more."""

import sys

import duckdb

path, table = sys.argv[1:3]
duckdb.connect(table).execute("create table stay as from read_csv($path)", {"path": path})
