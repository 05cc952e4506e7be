"""Templates → our own Jinja environment: everything is escaped, and links know where they stand.

MkDocs' environment doesn't escape, so ours is apart from it. A template sees a view, its page's
address and the site's own words; a field that the view doesn't have is an error.
"""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from inspect import isfunction
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Getattr
from jinja2.runtime import Context as JinjaContext
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from okrsite.keep import digest
from okrsite.keep.folder import write_whole
from okrsite.pages.filters import DrawnPlace, Filters
from okrsite.theme_dir import theme_dir
from okrsite.words import Words

_SPECIAL = re.compile("[&<>'\"]")


@dataclass(frozen=True, slots=True)
class Templates:
    """Draws views into HTML."""

    environment: Environment
    words: Words
    place: DrawnPlace

    def draw(self, name: str, view: object, page_url: str) -> str:
        """Return the HTML of a view by its template, ``okrsite/NAME.html``."""
        self.place.turn_to(page_url)
        template = self.environment.get_template(f"okrsite/{name}.html")
        html = template.render(view=view, page_url=page_url, name=name, lang=self.words.tag)
        return re.sub(r"\n\s*\n+", "\n", html)


class _Compiled(BytecodeCache):
    """Keeps our own templates compiled where Python keeps this module.

    Never in a project's cache: what lies there may come from anybody, and would be run. Nor beside
    the templates: MkDocs publishes whatever lies there.
    """

    def __init__(self) -> None:
        self._folder = Path(__file__).parent / "__pycache__"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load what was compiled of the same text by the same Python, if it is there."""
        with suppress(OSError):
            bucket.bytecode_from_string((self._folder / bucket.key).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, where that can be written."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                self._folder.mkdir(exist_ok=True)
                write_whole(self._folder / bucket.key, bucket.bytecode_to_string())

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return a file's name, which tells the Python; a company's own templates have none."""
        own = _is_own(filename)
        return f"{name.replace('/', '-')}.{sys.implementation.cache_tag}.jinja" if own else ""

    def get_source_checksum(self, source: str) -> str:
        """Return the digest of a template and of all that compiles it."""
        codes = [made.__code__ for made in vars(_Coder).values() if isfunction(made)]
        return digest(
            source, jinja2.__version__, *(f"{c.co_code!r}{c.co_names}{c.co_consts}" for c in codes)
        )


def _is_own(filename: str | None) -> bool:
    """Tell whether a template is one of ours, rather than a company's in the place of it."""
    return filename is not None and Path(filename).is_relative_to(theme_dir() / "okrsite")


class _Quick(JinjaContext):
    """Calls macros and functions as they are: none of ours asks for a context.

    A page calls some two hundred macros; most want nothing but what they are given, so that Jinja
    need not sort out their arguments.
    """

    def call(self, called: Callable[..., object], /, *args: object, **named: object) -> object:
        """Return what a macro or a function gives."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        if type(called) is not Macro or named or called.caller or called.catch_varargs:
            return called(*args, **named)
        left = len(called.arguments) - len(args)
        return str.__new__(Markup, called._func(*args, *(missing,) * left))


class _Coder(CodeGenerator):
    """Compiles templates that escape by `_escape`."""

    def write_commons(self) -> None:
        """Write what all functions of a template begin with."""
        super().write_commons()
        self.writeline("escape = environment.globals['escape']")

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write an attribute as Python has it: no template of ours looks into a mapping."""
        if not _is_own(self.filename) or keyword.iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


def _escape(value: object) -> str:
    """Return a value as it may stand in HTML.

    What is written goes straight into the page, so that nobody needs it wrapped as markup again.
    """
    if type(value) is str:
        return escape(value) if _SPECIAL.search(value) else value
    return value if type(value) is Markup else escape(value)


def open_templates(
    folders: tuple[Path, ...],
    words: Words,
    find: Callable[[str], str | None],
    *,
    pictures: Collection[str] = (),
    directory_urls: bool = True,
) -> Templates:
    """Return templates from some folders, the company's own first.

    `find` tells the address behind ``okr:REFERENCE``, or None where it leads nowhere; `pictures`
    are the paths, in the source folder, of those that are published.
    """
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(),
    )
    environment.context_class, environment.code_generator_class = _Quick, _Coder
    place = DrawnPlace()
    environment.filters |= Filters(find, pictures, place, directory_urls).by_name()
    environment.globals |= {"_": words.gettext, "ngettext": words.ngettext, "escape": _escape}
    return Templates(environment, words, place)
