"""A language → its translations, read from ``okrsite/locale``."""

from __future__ import annotations

import gettext
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# What dates and numbers look like where only a language is named; plain "en" would be American.
_LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN", "pt": "pt_BR"}


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a message for translators where it is defined; it is translated where it is shown."""
    return message


@lru_cache
def read_catalog(language: str) -> gettext.NullTranslations:
    """Return the translations of a language; English where there are none."""
    source = files("okrsite").joinpath("locale", f"{language}.po")
    if not source.is_file():
        return gettext.NullTranslations()
    catalog = read_po(BytesIO(source.read_bytes()), locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def parse_language(tag: str) -> tuple[str, Locale]:
    """Return a language's two letters and the locale of its dates; English if unknown.

    ``pt``, ``pt-PT``, ``zh_Hant`` and ``en-US`` are understood.
    """
    parts = tag.replace("-", "_")
    try:
        locale = Locale.parse(_LOCALES.get(parts.lower(), parts))
    except (ValueError, UnknownLocaleError):
        return "en", Locale.parse(_LOCALES["en"])
    return locale.language, locale
