"""The surface of English: words, numbers, dates, names, speech. Knows no question and no verdict."""
