"""An invented week of outpatient therapy, written as X12: who came, what was billed, what was planted."""
