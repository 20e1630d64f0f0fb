"""Readers: every kind of source to `Article`. `read_articles` is the door."""

from ingest.readers.common.stated_dates import parse_published
from ingest.readers.sources import iter_source, read_articles

__all__ = ["iter_source", "parse_published", "read_articles"]
