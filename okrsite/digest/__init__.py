"""What a digest tells → Markdown, text, HTML or JSON, and out to where people read."""

from okrsite.digest.send import (
    BadAddressError,
    NotInstalledError,
    NotSentError,
    send_digest,
)
from okrsite.digest.write import FORMATS, write_digest

__all__ = [
    "FORMATS",
    "BadAddressError",
    "NotInstalledError",
    "NotSentError",
    "send_digest",
    "write_digest",
]
