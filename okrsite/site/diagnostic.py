"""What keeps a site from being shown → a page that says so, while somebody edits and watches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from okrsite.pages.page import NavItem, Page, Rendered
from okrsite.problems import Problem, format_problems

_TITLE = "Nothing to show yet"


def diagnostic_html(problems: Sequence[Problem], texts: Mapping[str, str]) -> str:
    """Return the article that shows problems with their lines and mends."""
    shown = escape(format_problems(problems, "text", texts))
    return f"<h1>{_TITLE}</h1>\n<pre><code>{shown}</code></pre>\n<p>{_AFTERWARDS}</p>"


def mistake_html(words: str) -> str:
    """Return the article that shows what is wrong outside the content's files."""
    return f"<h1>{_TITLE}</h1>\n<p>{escape(words)}</p>\n<p>{_AFTERWARDS}</p>"


def fault_html(error: Exception) -> str:
    """Return the article that shows a fault of okrsite's own."""
    words = escape(f"{type(error).__name__}: {error}")
    return (
        "<h1>okrsite failed</h1>\n<p>This is a fault of okrsite's own, not of your files. "
        f"The terminal shows where it happened.</p>\n<pre><code>{words}</code></pre>\n"
        f"<p>{_AFTERWARDS}</p>"
    )


def render_diagnostic(html: str) -> Rendered:
    """Return a site of one page."""
    page = Page("", _TITLE, lambda: html, "", hide=frozenset({"toc", "navigation"}))
    return Rendered(pages=(page,), nav=(NavItem("Home", ""),))


_AFTERWARDS = "This page goes as soon as a file is saved that mends it."
