"""Tables as their publishers give them out: zip, text, CSV or workbook in, checked rows out."""
