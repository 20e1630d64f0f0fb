"""Fact checking of statements: rules that find mistakes, and a logistic regression over the rest."""
