"""The single rules of the check, one kind of mistake a file."""
