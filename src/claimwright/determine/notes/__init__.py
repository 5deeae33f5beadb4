"""Notes and claims brought together: notes read, each given to the lines it is of, and its facts joined with theirs."""
