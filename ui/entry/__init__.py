"""Who comes in: the door, the gate behind it, and signing in."""
