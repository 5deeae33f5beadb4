"""A note in, facts with evidence out. Knows the words of notes, and nothing of what a payer makes of them."""
