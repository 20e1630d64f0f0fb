"""brotli: pages of web archives that were packed with it, unpacked piece by piece and never past a limit."""

from __future__ import annotations

from ingest.fetch.unpacking import UnpackedTooLargeError

_BLOCK = 65_536  # bytes unpacked at a time


def unpacked_brotli(data: bytes, max_bytes: int) -> bytes:
    """Return what was packed; raise ValueError for damage, UnpackedTooLargeError beyond the limit."""
    import brotli  # type: ignore[import-untyped]

    unpacker = brotli.Decompressor()
    found = bytearray()
    try:
        found += unpacker.process(data, output_buffer_limit=_BLOCK)
        while not unpacker.is_finished():
            if len(found) > max_bytes:
                raise UnpackedTooLargeError("too large")
            block = unpacker.process(b"", output_buffer_limit=_BLOCK)
            if not block and unpacker.can_accept_more_data():
                raise ValueError("cut off")
            found += block
    except brotli.error:
        raise ValueError("damaged") from None
    if len(found) > max_bytes:
        raise UnpackedTooLargeError("too large")
    return bytes(found)
