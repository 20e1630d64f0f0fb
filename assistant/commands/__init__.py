"""What each command of `footnote` does; assistant/cli.py and cli_people.py have their names and options."""
