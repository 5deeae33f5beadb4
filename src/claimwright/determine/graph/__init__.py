"""The decision graph of a program: what is asked, in which order, and where every answer leads."""
