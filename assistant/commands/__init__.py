"""What each command of `footnote` does; assistant/cli.py has their names and options."""
