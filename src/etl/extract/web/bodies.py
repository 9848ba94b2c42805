"""Pieces of a body as they come to its bytes: counted, decompressed in small steps, whole.

Decompressors are our own: those of the client give a body that ends in the middle as if it were
whole, and one whose encoding they do not know as if it had none.
"""

import zlib
from typing import Protocol

import brotli

from etl.extract.web.failures import MANY, Failed, of_size

STEP_BYTES = 2**18
"""Most bytes taken out of a decompressor at once: a bomb is noticed after one such step."""

ENCODINGS = "gzip, deflate, br"
"""What is asked for, as in Accept-Encoding."""

UNDONE = frozenset({"zstd", "compress", "x-compress", "dcb", "dcz", "bzip2", "lzma", "xz"})
"""Encodings that nothing here undoes. Any other word, such as `utf-8`, is a mistake of its server
and means that there is none; browsers see it so."""

GZIP_MAGIC = b"\x1f\x8b"


class Decoder(Protocol):
    """Takes compressed pieces, gives decompressed ones."""

    def add(self, piece: bytes, room: int) -> bytes:
        """What `piece` gives, up to one step more than `room` bytes.

        Raises:
            ValueError: It is damaged.
        """

    def is_whole(self) -> bool:
        """Whether the compressed data has come to its end."""


class Body:
    """The body of one answer while it comes."""

    def __init__(self, encoding: str, max_bytes: int, *, is_cut: bool = False) -> None:
        """A body of at most `max_bytes`, as sent and as decompressed; or cut there.

        Raises:
            Failed: Nothing here can undo `encoding`, the value of a Content-Encoding.
        """
        self._encoding = encoding.strip().lower()
        self._decoder = _decoder(self._encoding)
        self._max_bytes = max_bytes
        self._is_cut = is_cut
        self._pieces: list[bytes] = []
        self._count = 0
        self.wire_count = 0
        """Bytes that came, as sent."""

    def add(self, piece: bytes) -> bool:
        """Take the next piece; whether another one is wanted.

        Raises:
            Failed: The body is too large or damaged.
        """
        self.wire_count += len(piece)
        if self._decoder is not None:
            try:
                piece = self._decoder.add(piece, self._max_bytes - self._count)
            except ValueError as error:
                reason = f"the body is no {self._encoding}, though it says so: {error}"
                raise Failed("fetch_failed", reason) from error
        self._pieces.append(piece)
        self._count += len(piece)
        is_over = max(self.wire_count, self._count) > self._max_bytes
        if is_over and not self._is_cut:
            raise of_size(None, self._max_bytes)
        return not is_over

    def whole(self) -> bytes:
        """All bytes, once no more come.

        Raises:
            Failed: A compressed body ended too early.
        """
        if self._is_cut:
            return b"".join(self._pieces)[: self._max_bytes]
        if self._decoder is not None and self.wire_count and not self._decoder.is_whole():
            size = f"{self.wire_count:,} bytes"
            reason = f"the {self._encoding} data ends in the middle, after {size}"
            raise Failed("truncated", reason, tries=MANY, is_answered=False)
        return b"".join(self._pieces)


class _Zlib:
    """Undoes gzip, of which several may follow each other, and deflate, with or without head."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._bits = zlib.MAX_WBITS | 16 if is_gzip else zlib.MAX_WBITS
        self._inflater = zlib.decompressobj(self._bits)
        self._is_new = True
        self._held = b""

    def is_whole(self) -> bool:
        """Whether the end mark of the stream has come."""
        return self._inflater.eof

    def add(self, piece: bytes, room: int) -> bytes:
        """What `piece` gives; anything else after the end is passed over."""
        piece, self._held = self._held + piece, b""
        given = bytearray()
        is_more = True
        while is_more and len(given) <= room:
            if self._is_new or self._inflater.eof:
                if len(piece) < len(GZIP_MAGIC):
                    self._held = piece  # too short to tell what begins here
                    break
                if not self._begin(piece):
                    break
            step = self._step(piece)
            given += step
            piece = self._inflater.unused_data or self._inflater.unconsumed_tail
            # All input may be taken in while some output still waits for the next step.
            is_more = bool(piece) or len(step) == STEP_BYTES
        return bytes(given)

    def _begin(self, piece: bytes) -> bool:
        """Whether compressed data begins with `piece`; after the end, only gzip does again."""
        if self._is_new:
            is_headed = self._is_gzip or _has_zlib_head(piece)
            self._inflater = zlib.decompressobj(self._bits if is_headed else -zlib.MAX_WBITS)
            self._is_new = False
            return True
        if self._is_gzip and piece.startswith(GZIP_MAGIC):
            self._inflater = zlib.decompressobj(self._bits)
            return True
        return False

    def _step(self, piece: bytes) -> bytes:
        """What one step gives.

        Raises:
            ValueError: It is damaged.
        """
        try:
            return self._inflater.decompress(piece, STEP_BYTES)
        except zlib.error as error:
            raise ValueError(str(error)) from error


class _Brotli:
    """Undoes brotli."""

    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    def is_whole(self) -> bool:
        """Whether the last block of the stream has come."""
        return bool(self._decompressor.is_finished())

    def add(self, piece: bytes, room: int) -> bytes:
        """What `piece` gives; anything after the end is passed over."""
        given = bytearray()
        while not self.is_whole() and len(given) <= room:
            try:
                step = self._decompressor.process(piece, output_buffer_limit=STEP_BYTES)
            except brotli.error as error:
                raise ValueError(str(error)) from error
            if not step:
                break
            given += step
            piece = b""
        return bytes(given)


def _has_zlib_head(piece: bytes) -> bool:
    """Whether deflate data has its head (RFC 1950); some servers leave it out."""
    return piece[0] & 0x0F == zlib.DEFLATED and int.from_bytes(piece[:2], "big") % 31 == 0


def _decoder(encoding: str) -> Decoder | None:
    """What undoes an encoding; None where there is nothing to undo.

    Raises:
        Failed: Nothing here does.
    """
    match encoding:
        case "gzip" | "x-gzip":
            return _Zlib(is_gzip=True)
        case "deflate":
            return _Zlib(is_gzip=False)
        case "br":
            return _Brotli()
    if "," in encoding or encoding in UNDONE:
        reason = f"Content-Encoding {encoding[:40]!r}, where {ENCODINGS} were asked for"
        raise Failed("fetch_failed", reason)
    return None
