"""Fetching: the one way in which Footnote asks anything of the network on behalf of articles."""

from ingest.fetch.fetcher import Fetcher, Manners
from ingest.fetch.outcome import Fetched, FetchError
from ingest.fetch.web_address import Address, parse_address

__all__ = ["Address", "FetchError", "Fetched", "Fetcher", "Manners", "parse_address"]
