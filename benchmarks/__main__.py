"""What is promised about size and speed, measured: `make benchmark`."""

from benchmarks import growth, hand_outs, loading, showing

broken = [part.__name__ for part in (loading, growth, showing, hand_outs) if not part.measure()]
if broken:
    raise SystemExit(f"a promise is broken: {', '.join(broken)}")
