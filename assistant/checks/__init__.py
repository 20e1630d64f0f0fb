"""The single checks that `assistant.support` puts together, one kind of mistake a file."""
