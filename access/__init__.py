"""Who is at work, and what each may do: persons, rights, sessions and signing in."""
