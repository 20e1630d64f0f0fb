"""The version of Footnote: the first heading of CHANGELOG.md that carries a number says the same."""

__version__ = "0.1.0"
