"""What each command of `footnote` does; main.py and people_commands.py have their names and options."""
