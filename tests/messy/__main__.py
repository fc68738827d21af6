"""`make messy`: how many files of each kind of mess are read right, asked about, refused, wrong."""

import os
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.messy.judging import Outcome, Verdict, files, judge


def table(verdicts: list[Verdict]) -> str:
    """Outcomes by kind; a file with two kinds counts in both."""
    by_kind: dict[str, Counter[Outcome]] = {}
    for verdict in verdicts:
        for kind in verdict.messy.kinds:
            by_kind.setdefault(kind, Counter())[verdict.outcome] += 1
    width = max(map(len, by_kind))
    lines = [f"{'':{width}}  {'  '.join(f'{outcome:>14}' for outcome in Outcome)}"]
    for kind, counts in by_kind.items():
        cells = "  ".join(f"{counts[outcome] or '':>14}" for outcome in Outcome)
        lines.append(f"{kind:{width}}  {cells}")
    return "\n".join(lines)


def main() -> int:
    """Judge every file; the number of those that are silently wrong."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAMVERKAN_DATA"] = folder
        with ProcessPoolExecutor(max_workers=2) as pool:
            verdicts = []
            for verdict in pool.map(judge, files(), chunksize=8):
                verdicts.append(verdict)
                if verdict.outcome is Outcome.WRONG:
                    kinds = " + ".join(verdict.messy.kinds)
                    said = f"{verdict.messy.draft.table}: {kinds}"
                    print(f"wrong: {said} {verdict.codes} {verdict.differing[:2]}", flush=True)
    print(table(verdicts))
    counts = Counter(verdict.outcome for verdict in verdicts)
    print(f"\n{len(verdicts)} files: " + ", ".join(f"{counts[o]} {o}" for o in Outcome))
    clear = [verdict for verdict in verdicts if verdict.messy.draft.clear]
    right = sum(verdict.outcome is Outcome.RIGHT for verdict in clear)
    print(f"of {len(clear)} that have a right answer, {right / len(clear):.0%} are read right")
    return counts[Outcome.WRONG]


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
