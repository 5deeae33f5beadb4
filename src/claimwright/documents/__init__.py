"""Markdown with rules and example tables, read into frozen dataclasses that know their file and line."""
