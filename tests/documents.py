"""HTML as a strict reader sees it: what is not well-formed, and what is on the page."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

# What ends by itself in HTML; in SVG, elements say so.
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)  # fmt: skip
# What may stand in a paragraph, a title or a link.
_FLOW = frozenset(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr main nav ol p pre section table ul".split()
)
_PHRASING_ONLY = frozenset("p h1 h2 h3 h4 h5 h6 span summary button label b em strong".split())


class Document(HTMLParser):
    """A page as a strict reader sees it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: Counter[str] = Counter()
        self.content: list[tuple[str, dict[str, str]]] = []
        """Elements inside the article, with their attributes."""
        self.language = ""
        self.title = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, attrs)
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, attrs)
        if tag not in _VOID and "svg" not in self._open:
            self._complain(f"<{tag}/> does not end itself")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self._complain(f"</{tag}> where {self._open[-1:]} is open")
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"] and "svg" not in self._open:
            self.title += data

    def _begin(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self._complain(f"<{tag}> has an attribute twice: {names}")
        if tag in _FLOW and (inside := _PHRASING_ONLY.intersection(self._open)):
            self._complain(f"<{tag}> stands in {sorted(inside)}")
        if tag in ("a", "button", "summary") and {"a", "button"}.intersection(self._open):
            self._complain(f"<{tag}> stands in a link or button")
        known = dict(attrs)
        if "article" in self._open:
            self.content.append((tag, {name: value or "" for name, value in attrs}))
        self.links += [str(known[name]) for name in ("href", "src") if known.get(name)]
        if "id" in known:
            self.ids.append(known["id"] or "")
        if tag == "html":
            self.language = known.get("lang") or ""

    def _complain(self, what: str) -> None:
        line, column = self.getpos()
        self.wrong.append(f"{line}:{column} {what}")
