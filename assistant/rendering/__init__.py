"""Answers as text: Markdown, the terminal, and links to the sentence on the live page."""
