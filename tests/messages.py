"""Code and templates → the messages to translate, and the catalogs in ``okrsite/locale``.

``make words`` brings every catalog up to date: new messages stand there untranslated, what nothing
says any more is gone. Catalogs name no lines of code, so that they change when words do.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "okrsite" / "locale"
LANGUAGES = ("de", "es", "fr", "pt", "zh")

Message = str | tuple[str, str]
"""A message, or its singular and plural."""

_ONE = {"_", "gettext", "say", "N_"}
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


@cache
def find_messages() -> frozenset[Message]:
    """Return every message of the code and the templates."""
    found: set[Message] = set()
    for path in (ROOT / "okrsite").rglob("*.py"):
        found.update(_in_python(path.read_text(encoding="utf-8")))
    for path in (ROOT / "theme" / "okrsite").glob("*.html"):
        found.update(_in_template(path))
    return frozenset(found)


def _in_python(source: str) -> Iterator[Message]:
    # Babel's own extraction reads what stands inside an f-string only from Python 3.12 on.
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        match name, texts:
            case "ngettext", [str(one), str(many), *_]:
                yield one, many
            case _, [str(message), *_] if name in _ONE:
                yield message


def _in_template(path: Path) -> Iterator[Message]:
    settings = {"trim_blocks": "true", "lstrip_blocks": "true"}
    with path.open("rb") as file:
        for _, name, message, _ in babel_extract(file, ("_", "ngettext"), (), settings):
            if name == "ngettext":
                yield message[0], message[1]
            else:
                yield message if isinstance(message, str) else message[0]


def read_catalog(language: str) -> Catalog:
    """Return a language's catalog as it lies in the package."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def write_catalog(catalog: Catalog) -> bytes:
    """Return a catalog's file: one line for a message, sorted, without dates and places."""
    for message in catalog:
        # "100 % at" isn't what printf would make of it.
        message.flags.discard("python-format")
    out = BytesIO()
    head = _HEADER.format(language=catalog.locale, plurals=catalog.plural_forms)
    out.write(head.encode())
    write_po(
        out,
        catalog,
        width=None,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    return out.getvalue()


def update_catalog(language: str) -> bytes:
    """Return a language's catalog brought up to date with code and templates, as its file."""
    template = Catalog()
    for message in find_messages():
        template.add(message)
    catalog = read_catalog(language)
    catalog.update(template, no_fuzzy_matching=True)
    return write_catalog(catalog)


if __name__ == "__main__":
    for each in LANGUAGES:
        (LOCALE / f"{each}.po").write_bytes(update_catalog(each))
