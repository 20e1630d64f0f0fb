"""What becomes of answers as articles come, change and go: kept questions, and answers out of date."""
