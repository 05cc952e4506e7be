"""Our pages → lines of MkDocs' sitemap, dated by the day that the site speaks of."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urljoin, urlsplit


def list_pages(
    urls: Iterable[str], site_url: str, as_of: date, *, directory_urls: bool
) -> list[Any]:
    """Return what `sitemap.xml` of MkDocs, or one that overrides it, asks of a page's file.

    Without the site's address there is nothing that a sitemap could say.
    """
    if not site_url:
        return []
    ending = "" if directory_urls else "index.html"
    return [_listed(url, urljoin(site_url, quote(url) + ending), as_of) for url in urls]


def _listed(url: str, address: str, as_of: date) -> Any:
    page = SimpleNamespace(
        url=url,
        is_link=False,
        canonical_url=address,
        abs_url=urlsplit(address).path,
        update_date=as_of.isoformat(),
        meta={},
    )
    return SimpleNamespace(page=page, src_uri=f"{url}index.html", url=url)


def pack_again(site_dir: Path, as_of: date) -> None:
    """Write `sitemap.xml.gz` once more, as MkDocs stamps it with the time of the build."""
    plain, packed = site_dir / "sitemap.xml", site_dir / "sitemap.xml.gz"
    if not (plain.is_file() and packed.is_file()):
        return
    stamp = int(datetime.combine(as_of, time(), UTC).timestamp())
    with packed.open("wb") as raw, gzip.GzipFile("sitemap.xml", "wb", 9, raw, mtime=stamp) as out:
        out.write(plain.read_bytes())
