"""What there is to tell somebody by mail: gathered, told once, in one digest each."""
