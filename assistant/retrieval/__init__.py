"""From a `Query` and a library to ranked sentences, and whether they answer the question."""
