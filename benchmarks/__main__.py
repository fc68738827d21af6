"""What is promised about size and speed, measured: `make benchmark`."""

from benchmarks import (
    at_once,
    comparing,
    crowd,
    growth,
    hand_outs,
    loading,
    machines,
    nation,
    scripts,
    showing,
    workbooks,
)

PARTS = (
    *(loading, workbooks, growth, comparing, nation, showing),
    *(scripts, at_once, crowd, machines, hand_outs),
)
broken = [part.__name__ for part in PARTS if not part.measure()]
if broken:
    raise SystemExit(f"a promise is broken: {', '.join(broken)}")
