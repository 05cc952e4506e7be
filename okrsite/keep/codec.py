"""Values of the model and of the site → bytes and back, by their types; and digests of bytes."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

Value = TypeVar("Value")
Piece = bytes | memoryview
"""A stretch of a file's bytes."""

_SIZE = 16
"""Bytes of a digest: two different files with one would take 2⁶⁴ files to find."""


def digest(*parts: bytes | str) -> str:
    """Return a digest of several parts in their order, as 32 hexadecimal digits."""
    said: list[bytes] = []
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        said += (len(data).to_bytes(8, "little"), data)
    return blake2b(b"".join(said), digest_size=_SIZE).hexdigest()


def digest_pieces(pieces: Iterable[Piece]) -> str:
    """Return the digest of a file that is given in pieces: the same as of its bytes at once."""
    pieces = list(pieces)
    state = blake2b(digest_size=_SIZE)
    state.update(sum(map(len, pieces)).to_bytes(8, "little"))
    for piece in pieces:
        state.update(piece)
    return state.hexdigest()


def encode(value: object) -> bytes:
    """Return a value as bytes; the same for equal values of the same type.

    UnicodeEncodeError where a text in it is none, such as a path that is no UTF-8.
    """
    return _ENCODER.encode(value)


def fingerprint(value: object) -> str:
    """Return the digest of any value; the same for equal values of the same type."""
    try:
        return digest(encode(value))
    except UnicodeEncodeError:
        return digest(repr(value))


def decode(data: Piece, kind: type[Value]) -> Value | None:
    """Return the value of a type that some bytes hold, or None where they hold none."""
    try:
        value: Value = _decoder(kind).decode(data)
    except (msgspec.DecodeError, ValueError, ZeroDivisionError):
        return None
    return value


def _spell(value: object) -> object:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _read(kind: type, value: Any) -> object:
    if kind is Fraction:
        return Fraction(value)
    raise TypeError(f"{kind.__name__} cannot be kept")


write_json = msgspec.json.Encoder().encode
"""Return a value of plain types as JSON without spaces, in UTF-8."""

_ENCODER = msgspec.msgpack.Encoder(enc_hook=_spell)


_decoders: dict[Any, Any] = {}


def _decoder(kind: Any) -> Any:
    if kind not in _decoders:
        _decoders[kind] = msgspec.msgpack.Decoder(kind, dec_hook=_read)
    return _decoders[kind]
