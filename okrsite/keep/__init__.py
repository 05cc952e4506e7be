"""What one build leaves for the next: bytes under names, checked and bound to a version.

Nothing in it is trusted: what bears another version, or other bytes than its checksum tells, is as
if it were not there. Nothing in it is ever run: values are decoded as the types that are asked
for, and as nothing else.
"""

from okrsite.keep.codec import Piece, decode, digest, digest_pieces, encode, fingerprint, write_json
from okrsite.keep.folder import FOLDER, Keep, open_keep, write_pieces
from okrsite.keep.ledger import Ledger
from okrsite.keep.objects import Found, Kept, Objects
from okrsite.keep.version import version_of_code

__all__ = [
    "FOLDER",
    "Found",
    "Keep",
    "Kept",
    "Ledger",
    "Objects",
    "Piece",
    "decode",
    "digest",
    "digest_pieces",
    "encode",
    "fingerprint",
    "open_keep",
    "version_of_code",
    "write_json",
    "write_pieces",
]
