"""Runs the examples of policies on the engine itself, and the lints that need it."""
