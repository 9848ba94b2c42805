"""Bodies come out of any cut of their pieces as they were, or fail without filling memory."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Mapping

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.web import bodies
from etl.extract.web.bodies import Body
from etl.extract.web.failures import Failed

PACKERS: Mapping[str, tuple[str, Callable[[bytes], bytes]]] = {
    "none": ("", lambda body: body),
    "gzip": ("gzip", gzip.compress),
    "gzip in parts": ("x-gzip", lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:])),
    "gzip and more": ("gzip", lambda body: gzip.compress(body) + b"\0\0\0"),
    "deflate": ("deflate", zlib.compress),
    "deflate without head": ("Deflate", lambda body: zlib.compress(body, wbits=-15)),
    "brotli": ("br", lambda body: brotli.compress(body, quality=4)),
}


def opened(encoding: str, *pieces: bytes, max_bytes: int = 10**6, is_cut: bool = False) -> bytes:
    """The body whose pieces come one after the other."""
    body = Body(encoding, max_bytes, is_cut=is_cut)
    all(body.add(piece) for piece in pieces)
    return body.whole()


def pieces(packed: bytes, size: int) -> list[bytes]:
    """`packed` in pieces of one size."""
    return [packed[start : start + size] for start in range(0, len(packed), size)]


@pytest.mark.parametrize("name", PACKERS)
@given(
    word=st.binary(max_size=40),
    times=st.integers(min_value=0, max_value=60),
    size=st.integers(min_value=1, max_value=400),
    step=st.integers(min_value=1, max_value=300),
)
def test_a_body_comes_out_as_it_was(
    name: str, word: bytes, times: int, size: int, step: int
) -> None:
    encoding, pack = PACKERS[name]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bodies, "STEP_BYTES", step)

        assert opened(encoding, *pieces(pack(word * times), size)) == word * times


@pytest.mark.parametrize("name", ["gzip", "deflate", "deflate without head", "brotli"])
@pytest.mark.parametrize("lost", [1, 5])
def test_a_compressed_body_that_ends_in_the_middle_is_no_body(name: str, lost: int) -> None:
    encoding, pack = PACKERS[name]

    with pytest.raises(Failed, match=r"^truncated: the .* data ends in the middle, after"):
        opened(encoding, pack(b"page" * 99)[:-lost])


@pytest.mark.parametrize("name", ["gzip", "brotli"])
def test_a_bomb_goes_off_in_a_small_room(name: str) -> None:
    encoding, pack = PACKERS[name]
    bomb = pack(b"\0" * 40_000_000)
    tracemalloc.start()

    try:
        with pytest.raises(Failed, match=r"^too_large: more bytes, over 1,000,000; raise ETL_"):
            opened(encoding, *pieces(bomb, 65_536))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 10_000_000


def test_bytes_that_come_count_even_if_nothing_is_in_them() -> None:
    head, empty_block = gzip.compress(b"")[:10], b"\0\0\0\xff\xff"

    with pytest.raises(Failed, match=r"^too_large: "):
        opened("gzip", head, *[empty_block * 100] * 9, max_bytes=2_000)


@pytest.mark.parametrize("size", [1_000, 1_001, 2_000])
@pytest.mark.parametrize("name", ["none", "gzip"])
def test_a_body_may_be_as_large_as_the_limit_and_no_larger(name: str, size: int) -> None:
    encoding, pack = PACKERS[name]
    packed = pack(b"x" * size)

    if size <= 1_000:
        assert opened(encoding, packed, max_bytes=1_000) == b"x" * size
    else:
        with pytest.raises(Failed, match=r"^too_large: more bytes, over 1,000;"):
            opened(encoding, packed, max_bytes=1_000)


@pytest.mark.parametrize("name", ["none", "gzip"])
def test_a_body_can_be_cut_instead(name: str) -> None:
    encoding, pack = PACKERS[name]

    assert opened(encoding, pack(b"x" * 5_000), max_bytes=1_000, is_cut=True) == b"x" * 1_000


@pytest.mark.parametrize("encoding", ["zstd", "gzip, br", "compress"])
def test_what_no_one_asked_for_is_not_taken(encoding: str) -> None:
    with pytest.raises(Failed, match=f"^fetch_failed: Content-Encoding '{encoding}', where gzip"):
        Body(encoding, 1_000)


@pytest.mark.parametrize("encoding", ["", "identity", "UTF-8", "none", "binary"])
def test_a_word_that_is_no_encoding_is_passed_over(encoding: str) -> None:
    assert opened(encoding, b"<p>", b"</p>") == b"<p></p>"
