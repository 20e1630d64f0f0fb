"""Fetching: the one way in which Footnote asks anything of the network on behalf of articles."""

from ingest.fetch.address import Address, parse_address
from ingest.fetch.fetcher import Fetcher, Manners
from ingest.fetch.outcome import Fetched, FetchError

__all__ = ["Address", "FetchError", "Fetched", "Fetcher", "Manners", "parse_address"]
