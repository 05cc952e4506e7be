"""Where the templates and assets lie: in a checkout beside the package, in the wheel inside it."""

from __future__ import annotations

from pathlib import Path


def theme_dir() -> Path:
    """Return the folder that holds ``okrsite/*.html`` and ``assets/okrsite/``."""
    package = Path(__file__).parent
    packed = package / "theme"
    return packed if packed.is_dir() else package.parent / "theme"
