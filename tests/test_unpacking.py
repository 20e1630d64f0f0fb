"""Packed bodies: whole, cut off, damaged, and far larger than they look."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.unpacking import UnpackedTooLargeError, Unpacker, gunzipped


def raw_deflate(data: bytes) -> bytes:
    """Return deflate without a header, as some servers send it."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS = (("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", raw_deflate), ("", bytes))


@given(st.binary(max_size=3000), st.integers(1, 700), st.sampled_from(PACKERS))
def test_what_was_packed_comes_out(data: bytes, step: int, packer: tuple[str, type[bytes]]) -> None:
    """In pieces of any size, every encoding gives back what was put in."""
    encoding, pack = packer
    packed = pack(data)
    unpacker = Unpacker(encoding, 3000)
    found = b"".join(unpacker.feed(packed[start : start + step]) for start in range(0, len(packed), step))
    unpacker.end()
    assert found == data


def test_a_bomb_is_cut_at_the_limit() -> None:
    """Ten million bytes packed into ten thousand are refused after the first hundred thousand (case 25)."""
    bomb = gzip.compress(b"a" * 10_000_000)
    with pytest.raises(UnpackedTooLargeError):
        Unpacker("gzip", 100_000).feed(bomb)
    assert gunzipped(bomb, 10_000_000) == b"a" * 10_000_000


def test_files_put_one_after_the_other_are_one() -> None:
    """Several gzip members make one text; what stands behind the last is ignored; a thousand are enough."""
    assert gunzipped(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0", 100) == b"one two"
    with pytest.raises(ValueError, match="damaged"):
        gunzipped(gzip.compress(b"") * 1002, 100)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_damage_is_told(encoding: str) -> None:
    """Something else than what the header says, and a stream that is cut off, are errors."""
    with pytest.raises(ValueError, match="damaged"):
        Unpacker(encoding, 100).feed(b"<html>plainly not packed")
    cut = Unpacker(encoding, 100)
    cut.feed((gzip.compress if encoding == "gzip" else zlib.compress)(b"abc" * 20)[:12])
    with pytest.raises(ValueError, match="cut off"):
        cut.end()


def test_an_encoding_that_was_not_asked_for_is_refused() -> None:
    """Encodings that can't be limited are not unpacked, nor are several on top of each other."""
    for encoding in ("br", "zstd", "gzip, gzip"):
        with pytest.raises(ValueError, match="not asked for"):
            Unpacker(encoding, 100)
