"""One module for each kind of page: its addresses, and what its template is given."""
