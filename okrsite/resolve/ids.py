"""Titles → ids, and whether an id that somebody wrote is one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

from okrsite.model.quick import quick_dataclass

LONGEST = 64
_WORDS = 5
_UNSPACED_LENGTH = 12
_UNSPACED_STEP = 4
_FIRST_MARK = 0x370
"""Marks below it are the accents of Latin, Greek and Cyrillic; those above belong to letters."""
_MARKDOWN = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`~]")
# Chinese, Japanese, Thai, Lao, Burmese, Khmer
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# Most titles and ids are in ASCII, which needs no look at each letter.
_ASCII_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_ASCII_WORDS = re.compile(r"[a-z0-9]+")
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
_LOOK_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
_ARTICLES = {
    "en": {"a", "an", "the"},
    "de": {"der", "die", "das", "den", "dem", "ein", "eine", "einen"},
    "fr": {"le", "la", "les", "l", "un", "une", "des"},
    "es": {"el", "la", "los", "las", "un", "una"},
    "pt": {"o", "a", "os", "as", "um", "uma"},
}
_ELIDED = re.compile(r"\bl['’](?=\w)", re.IGNORECASE)


def is_id(text: str) -> bool:
    """Tell whether a text has only what ids may have: lower-case letters, digits, - and _."""
    if _ASCII_ID.fullmatch(text):
        return len(text) <= LONGEST
    return (
        0 < len(text) <= LONGEST
        and text[0].isalnum()
        and all(c in "-_" or _is_letter(c) for c in text)
        and text == text.lower()
        and unicodedata.is_normalized("NFC", text)
    )


def is_reserved(text: str) -> bool:
    """Tell whether Windows could not make a folder of this name."""
    return bool(_RESERVED.fullmatch(text))


def mixes_scripts(text: str) -> bool:
    """Tell whether letters of scripts that look alike stand in one id."""
    if text.isascii():
        return False
    names = (unicodedata.name(letter, "") for letter in text if letter.isalpha())
    scripts = {script for name in names for script in _LOOK_ALIKE if name.startswith(script)}
    return len(scripts) > 1


def slug(text: str, language: str = "en") -> str:
    """Return a whole text as an id: a folder's or a person's name; may be empty."""
    return _joined(_words(text, language, articles=False))


def default_ids(
    titles: Sequence[str], language: str = "en", taken: Collection[str] = ()
) -> list[str]:
    """Return an id for each of several titles beside each other, longer until they differ.

    `taken` are ids that none may have. Titles that give the same words however long keep the same
    id: the caller reports them.
    """
    slugs = [_Slug.of(title, language) for title in titles]
    lengths = [each.first for each in slugs]
    while True:
        ids = [each.at(length) for each, length in zip(slugs, lengths, strict=True)]
        counts = Counter(ids)
        again = [
            i
            for i, id in enumerate(ids)
            if (counts[id] > 1 or id in taken) and lengths[i] < slugs[i].whole
        ]
        if not again:
            return ids
        for i in again:
            lengths[i] += slugs[i].step


@quick_dataclass(frozen=True, slots=True)
class _Slug:
    """A title's words, or its letters where its script has no spaces."""

    parts: Sequence[str]
    first: int
    """How many parts make the shortest id."""
    step: int

    @classmethod
    def of(cls, title: str, language: str) -> _Slug:
        plain = _MARKDOWN.sub(r"\1", title)
        if not plain.isascii() and len(_UNSPACED.findall(plain)) * 2 > sum(
            letter.isalpha() for letter in plain
        ):
            letters = "".join(_split(unicodedata.normalize("NFC", plain).lower()))
            first = next((i for i, c in enumerate(letters) if c.isdigit()), 0) or len(letters)
            return cls(letters, min(first, _UNSPACED_LENGTH), _UNSPACED_STEP)
        words = _words(plain, language, articles=True)
        # Without a word before the first number, the number has to do.
        first = next((i for i, word in enumerate(words) if word[0].isdigit()), 0) or len(words)
        return cls(words, min(first, _WORDS), 1)

    @property
    def whole(self) -> int:
        return len(self.parts)

    def at(self, length: int) -> str:
        parts = self.parts[:length]
        id = parts[:LONGEST] if isinstance(parts, str) else _joined(parts)
        return f"{id}-1" if is_reserved(id) else id or "item"


def _joined(words: Sequence[str]) -> str:
    return "-".join(words)[:LONGEST].rstrip("-")


def _words(text: str, language: str, *, articles: bool) -> list[str]:
    if articles and language == "fr":
        text = _ELIDED.sub("", text)
    words = _ascii_words(text) if text.isascii() else _unaccented_words(text)
    dropped = _ARTICLES.get(language, set()) if articles else set()
    return [word for word in words if word not in dropped] or words


def _ascii_words(text: str) -> list[str]:
    return _ASCII_WORDS.findall(text.casefold().replace("'", ""))


def _unaccented_words(text: str) -> list[str]:
    # Some letters fold to capitals, and some small ones only come of the decomposition.
    decomposed = unicodedata.normalize("NFKD", text.casefold()).lower()
    plain = "".join(c for c in decomposed if not _is_accent(c))
    return _split(unicodedata.normalize("NFC", plain))


def _split(text: str) -> list[str]:
    """Return the words of a text; an apostrophe inside one is left out."""
    plain = text.replace("'", "").replace("’", "")
    words = "".join(c if _is_letter(c) else " " for c in plain).split()
    # A mark without a letter before it is nothing.
    starts = (next((i for i, c in enumerate(word) if c.isalnum()), len(word)) for word in words)
    return [word[start:] for word, start in zip(words, starts, strict=True) if start < len(word)]


def _is_letter(character: str) -> bool:
    """Tell whether a character is a letter, a digit, or a mark that a letter cannot do without."""
    return character.isalnum() or (
        ord(character) >= _FIRST_MARK and unicodedata.category(character)[0] == "M"
    )


def _is_accent(character: str) -> bool:
    return ord(character) < _FIRST_MARK and bool(unicodedata.combining(character))
