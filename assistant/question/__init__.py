"""From a question and its conversation to a `Query`: what is asked for, and of which articles."""
