"""How hard the heavy property tests try: `make soak` asks for more than `make test`."""

import os


def examples(usual: int) -> int:
    """How many examples to try: `usual`, times what the environment asks for."""
    return usual * int(os.environ.get("SAMVERKAN_SOAK", "1"))
