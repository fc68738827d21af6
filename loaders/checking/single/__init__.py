"""Files whose rows are single stays, cases or amounts: what is wrong in them, and what is kept."""
