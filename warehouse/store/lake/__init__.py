"""Versions that several machines share: in a DuckLake, whose catalogue is in PostgreSQL.

A version is one snapshot, committed with its manifest in one transaction. Each machine keeps the
versions as files of its own, so that reading costs what it costs on one machine alone.
"""
