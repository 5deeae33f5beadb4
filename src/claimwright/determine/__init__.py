"""From lines to answers: facts, atoms, signature, decide, join back. One path for one claim and for a million."""
