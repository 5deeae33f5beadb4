"""The REST API under /api/v1: the engine and the worklist for programs. No rule is decided here."""
