"""Checks outpatient-therapy claims before they are billed; every answer cites the sentence that decides it."""
