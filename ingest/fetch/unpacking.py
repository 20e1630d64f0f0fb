"""Packed bodies (gzip, deflate) unpacked piece by piece, never more than the limit."""

from __future__ import annotations

import zlib

GZIP = b"\x1f\x8b"
_EITHER = 32 + zlib.MAX_WBITS  # gzip or zlib, told by the first bytes
_RAW = -zlib.MAX_WBITS  # what some servers call deflate
_PLAIN = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_HEADER = 2  # bytes
_MOST_MEMBERS = 1000  # gzip files may be put one after the other; nobody serves more than a few


class UnpackedTooLargeError(ValueError):
    """There is more than the limit."""


class Unpacker:
    """Unpacks one content encoding; raises ValueError for damage, UnpackedTooLargeError beyond."""

    def __init__(self, encoding: str, max_bytes: int) -> None:
        encoding = encoding.strip().lower()
        if encoding not in _PLAIN | _PACKED:
            raise ValueError("packed in a way that was not asked for")
        self._plain = encoding in _PLAIN
        self._left = max_bytes
        self._first: bytes | None = b""
        self._members = 0
        self._raw_allowed = encoding == "deflate"
        self._inflate = zlib.decompressobj(_EITHER)

    def feed(self, data: bytes) -> bytes:
        """Return what the next bytes hold."""
        if self._plain:
            return self._counted(data)
        if self._first is not None:  # the first two bytes tell what it is
            data = self._first + data
            self._first = data if len(data) < _HEADER else None
            if self._first is not None:
                return b""
        parts = []
        while data:
            if self._inflate.eof:
                if not data.startswith(GZIP):
                    break  # padding after the end
                self._next_member()
            parts.append(self._counted(self._inflated(data)))
            data = self._inflate.unconsumed_tail or self._inflate.unused_data
        return b"".join(parts)

    def end(self) -> None:
        """Say that there are no more bytes; raise ValueError if the stream is cut off."""
        if not self._plain and not self._inflate.eof:
            raise ValueError("cut off")

    def _inflated(self, data: bytes) -> bytes:
        try:
            found = self._inflate.decompress(data, self._left + 1)
        except zlib.error:
            if not self._raw_allowed:
                raise ValueError("damaged") from None
            self._inflate, self._raw_allowed = zlib.decompressobj(_RAW), False
            return self._inflated(data)
        self._raw_allowed = False
        return found

    def _next_member(self) -> None:
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise ValueError("damaged")
        self._inflate = zlib.decompressobj(_EITHER)

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise UnpackedTooLargeError("too large")
        return data


def gunzipped(data: bytes, max_bytes: int) -> bytes:
    """Return what a gzip file holds; raise ValueError for damage, UnpackedTooLargeError beyond."""
    unpacker = Unpacker("gzip", max_bytes)
    found = unpacker.feed(data)
    unpacker.end()
    return found
