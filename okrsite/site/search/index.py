"""Records → the files of Pagefind's index, and beside it what its results are narrowed down by.

The index is a function of its records alone, byte for byte. Pagefind's own filters are not: it
writes their values in another order each time. So facets and ranks stand in a file of ours, by the
names that Pagefind gives its results, and the browser counts.

Pagefind tells words apart by the spaces between them. What is written without spaces is indexed in
pairs of neighbours: ``患者平台`` is found by ``患者``, ``者平`` and ``平台``, in a site of any
language and without a dictionary; the browser cuts what is searched for in the same way.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from itertools import pairwise
from typing import Any

from okrsite.site.search.records import Facets, Record
from okrsite.site.search.service import Message, ask, find_version

FOLDER = "pagefind/"
RECORDS = f"{FOLDER}records.json"
PART, TAG = "\u241e", "\u241f"
"""Stand between the parts of a record's words, and between its tags; they are no words."""
_UNSPACED = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
"""Chinese characters and Japanese kana; the browser's worker has the same."""
_ORDER = re.compile(r"(?<!\S)_+(?=\S*PAGEFIND)")
"""Before a word that Pagefind would take for an order of its own."""
_CUT_BY_DICTIONARY = {"ja", "th", "zh"}
_NEEDED = re.compile(r"pagefind\.js|pagefind-entry\.json|.*\.pf_(?:meta|index|fragment)")
_FRAGMENT = re.compile(rf"{FOLDER}fragment/[^/_]+_(\w+)\.pf_fragment")
_SIGNATURE = b"pagefind_dcd"


def search_identity(records: Iterable[Record], language: str, facets: Facets) -> str:
    """Return a name that is the same as long as the index would be."""
    said = [find_version(), language, astuple(facets), *map(astuple, records)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def index_files(records: Iterable[Record], language: str, facets: Facets) -> dict[str, bytes]:
    """Return the files of an index by their paths in the site; raises PagefindError.

    Of two records with one location the first counts.
    """
    known: dict[str, Record] = {}
    for record in records:
        known.setdefault(record.location, record)
    stems = _stemmer(language)
    begin: Message = {"type": "NewIndex", "config": {"force_language": stems}}
    adding = (_message(record, stems) for record in known.values())
    *_, answer = ask([begin, *adding, {"type": "GetFiles", "index_id": 0}])
    made = {file["path"]: b64decode(file["content"]) for file in answer["files"]}
    files = {f"{FOLDER}{path}": made[path] for path in _needed(made)}
    files[RECORDS] = _describe(list(known.values()), _names(files), facets)
    return dict(sorted(files.items()))


def _stemmer(language: str) -> str:
    """Return whose endings words lose; what is English in Chinese texts has some too."""
    base = re.split("[-_]", language.lower())[0]
    return "en" if base in _CUT_BY_DICTIONARY else base


def _message(record: Record, language: str) -> Message:
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": record.location,
        "content": _content(record),
        "language": language,
        # Not shown: what a title says is told apart by where it stands in the content.
        "meta": {"title": " ".join([_plain(record.title), *pairs(record.title)])},
    }


def _content(record: Record) -> str:
    """Return all words of a record: those that are shown, part by part, then pairs."""
    shown = (record.title, record.text, f" {TAG} ".join(record.tags), record.page)
    return f" {PART} ".join([*map(_plain, shown), " ".join(pairs(" ".join(shown)))])


def _plain(text: str) -> str:
    return _ORDER.sub("", text.replace(PART, " "))


def pairs(text: str) -> list[str]:
    """Return what is written without spaces in pairs of neighbours, and the end of each run.

    A single character is found as the beginning of a pair, hence the last one for itself.
    """
    return list(
        dict.fromkeys(
            part
            for run in _UNSPACED.findall(text)
            for part in (*map("".join, pairwise(run)), run[-1])
        )
    )


def _needed(made: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the paths of what a search reads, without Pagefind's own boxes and lists."""
    (stems,) = json.loads(made["pagefind-entry.json"])["languages"].values() or [{}]
    yield f"wasm.{stems.get('wasm') or 'unknown'}.pagefind"
    yield from filter(_NEEDED.fullmatch, made)


def _names(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the names that Pagefind gave to records, by location."""
    names = {}
    for path, data in files.items():
        if found := _FRAGMENT.fullmatch(path):
            fragment = json.loads(gzip.decompress(data).removeprefix(_SIGNATURE))
            names[fragment["url"]] = found[1]
    return names


def _describe(records: Sequence[Record], names: Mapping[str, str], facets: Facets) -> bytes:
    """Return what the browser needs to know of all records at once, as JSON."""
    numbers = {record.location: number for number, record in enumerate(records)}
    pages = {
        number: numbers[page]
        for number, record in enumerate(records)
        for page, anchor, _ in [record.location.partition("#")]
        if anchor and page in numbers
    }
    said = {
        "names": " ".join(names[record.location] for record in records),
        "boosts": [record.boost for record in records],
        "pages": pages,
        "facets": [
            _facet(facets.cycle, [(record.cycle,) for record in records]),
            _facet(facets.team, [record.teams for record in records]),
            _facet(facets.kind, [(record.kind,) for record in records]),
        ],
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _facet(label: str, held: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return a facet: its values, and for each record which of them it holds, by number."""
    values = sorted({value for some in held for value in some if value})
    numbers = {value: number for number, value in enumerate(values)}
    of = [[numbers[value] for value in some if value] for some in held]
    return {"label": label, "values": values, "of": [x[0] if len(x) == 1 else x for x in of]}
