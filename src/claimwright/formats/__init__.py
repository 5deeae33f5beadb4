"""Bytes in, lines out, and back. Nothing here knows what a policy is."""
