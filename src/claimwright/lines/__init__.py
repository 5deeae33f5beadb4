"""What a claim line is, what may be wrong with the bytes it came from, and what an answer to it is made of."""
