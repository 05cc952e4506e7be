"""The clock and the environment → the moment it is; for plugin and commands alone."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def now() -> datetime:
    """Return the moment of `SOURCE_DATE_EPOCH`, else that of this machine's clock, in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
