"""What is handed back where a text is no certain quantity."""

from __future__ import annotations

from typing import Literal

from okrsite.model.quick import quick_dataclass

Reason = Literal["nothing", "not-a-number", "ambiguous", "unit", "below-one"]


@quick_dataclass(frozen=True, slots=True)
class Unread:
    """Why a text gave no quantity."""

    reason: Reason
    readings: tuple[str, ...] = ()
    """What it could mean, as one would write it without doubt: ``('1200', '1.2')``."""
    message: str = ""
    """A sentence fragment for a diagnostic, without a full stop."""
