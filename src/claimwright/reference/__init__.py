"""Public reference data, pinned and dated: pair edits, unit edits, payers and Medicare contractors."""
