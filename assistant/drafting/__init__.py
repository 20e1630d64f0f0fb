"""A draft held against the library: what its statements claim, what the articles say to each."""
