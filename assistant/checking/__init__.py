"""Fact checking of statements: rules that find mistakes, and a model that reads the rest."""
