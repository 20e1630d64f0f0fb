"""The library on disk: the record, its two indexes, its writer and its repair."""
