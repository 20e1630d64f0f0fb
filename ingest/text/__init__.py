"""An article's text: sentences, chunks, and the words that are searched."""
