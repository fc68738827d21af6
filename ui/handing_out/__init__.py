"""The parts of the Rapporter page: what is written for a hand-out, and a number that answers."""
