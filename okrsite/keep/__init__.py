"""What one build leaves for the next: bytes under names, checked and bound to a version.

Nothing in it is trusted: what bears another version, or other bytes than its checksum tells, is as
if it were not there. Nothing in it is ever run: values are decoded as the types that are asked
for, and as nothing else.
"""

from okrsite.keep.codec import decode, digest, encode, fingerprint
from okrsite.keep.folder import FOLDER, Keep, open_keep
from okrsite.keep.ledger import Ledger
from okrsite.keep.objects import Kept, Objects
from okrsite.keep.version import version_of_code

__all__ = [
    "FOLDER",
    "Keep",
    "Kept",
    "Ledger",
    "Objects",
    "decode",
    "digest",
    "encode",
    "fingerprint",
    "open_keep",
    "version_of_code",
]
