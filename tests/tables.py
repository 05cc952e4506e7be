"""The tables and the sentences of a page, as a reader without styles finds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Cell:
    text: str = ""
    link: str = ""
    sort: str | None = None
    classes: str = ""
    marks: list[str] = field(default_factory=list)
    """Classes of what stands in it."""


@dataclass
class Table:
    caption: str = ""
    heads: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)

    def by_name(self) -> dict[str, list[str]]:
        """Return the texts of each row by that of its first cell."""
        return {row[0].text: [cell.text for cell in row[1:]] for row in self.rows}

    def column(self, head: str) -> dict[str, str]:
        """Return the texts of a column by those of the first."""
        place = [cell.text for cell in self.heads].index(head)
        return {row[0].text: row[place].text for row in self.rows}


class Tables(HTMLParser):
    """Collects tables, and all text in the order of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.counts: list[tuple[str, int]] = []
        """What each count on the page leads to, and its number."""
        self._words: list[str] = []
        self._cell: Cell | None = None
        self._in_head = self._in_caption = self._in_title = False
        self._count = ""
        self.feed(html)
        self.close()
        self.text = " ".join("".join(self._words).split())

    def table(self, caption: str) -> Table:
        found = [table for table in self.tables if table.caption == caption]
        assert len(found) == 1, (caption, [table.caption for table in self.tables])
        return found[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.tables.append(Table())
        elif tag == "caption":
            self._in_caption = True
        elif tag == "title":
            self._in_title = True
        elif tag == "thead":
            self._in_head = True
        elif tag == "tr" and not self._in_head:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th"):
            self._cell = Cell(sort=values.get("data-sort"), classes=values.get("class", ""))
            table = self.tables[-1]
            (table.heads if self._in_head else table.rows[-1]).append(self._cell)
        elif tag == "a" and self._cell and not self._cell.link:
            self._cell.link = values["href"]
        if tag == "a" and "okr-count" in values.get("class", "").split():
            self._count = values["href"]
        if self._cell and values.get("class"):
            self._cell.marks.append(values["class"])
        if tag in ("li", "p", "section", "h1", "h2", "h3", "td", "th", "div", "span", "summary"):
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "thead":
            self._in_head = False
        elif tag == "caption":
            self._in_caption = False
        elif tag == "title":
            self._in_title = False
        elif tag in ("td", "th") and self._cell:
            self._cell.text = " ".join(self._cell.text.split())
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._in_title:
            return
        self._words.append(data)
        if self._count and data.strip().isdigit():
            self.counts.append((self._count, int(data)))
            self._count = ""
        if self._in_caption:
            self.tables[-1].caption += data
        elif self._cell:
            self._cell.text += data
