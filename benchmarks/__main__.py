"""What is promised about size and speed, measured: `make benchmark`."""

from benchmarks import at_once, growth, hand_outs, loading, scripts, showing, workbooks

PARTS = (loading, workbooks, growth, showing, scripts, at_once, hand_outs)
broken = [part.__name__ for part in PARTS if not part.measure()]
if broken:
    raise SystemExit(f"a promise is broken: {', '.join(broken)}")
