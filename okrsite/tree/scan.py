"""A folder → the bytes of its content files, each with what its name says.

Two steps, as `okrs.yml` decides what the rest is called: `read_listing` reads the folder,
`sort_listing` tells plans, check-ins and strays apart.
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import field
from pathlib import Path, PurePosixPath

from okrsite.model import Place
from okrsite.model.quick import quick_dataclass
from okrsite.pictures import ENDINGS as PICTURE_ENDINGS
from okrsite.pictures import MOST_BYTES as MOST_PICTURE_BYTES
from okrsite.problems import Problem
from okrsite.tree.names import FileKind, Naming, name_file
from okrsite.tree.strays import misnamed, name_stray

TEXT_ENDINGS = (".yml", ".yaml", ".md", ".csv")
_BYSTANDERS = ("README", "LICENSE", "CHANGELOG", "CONTRIBUTING", "CODEOWNERS", "MAKEFILE")
MOST_BYTES = 1 << 20
"""What one file may hold; longer ones are read one byte further, so that the reader can tell."""


@quick_dataclass(frozen=True, slots=True)
class SourceFile:
    """One content file."""

    path: str
    """Relative to the source folder, with forward slashes."""
    naming: Naming
    data: bytes = field(repr=False)


@quick_dataclass(frozen=True, slots=True)
class Listing:
    """Everything that lies in a source folder."""

    data: dict[str, bytes] = field(repr=False)
    """Path to bytes, of text files; sorted by path."""
    others: tuple[str, ...]
    """Paths of all other files."""
    pictures: frozenset[str] = frozenset()
    """Those of the others that a page can show: pictures by their ending, of at most 5 MB."""
    problems: tuple[Problem, ...] = ()
    """About what could not be read, each at the path that it is about."""


@quick_dataclass(frozen=True, slots=True)
class Tree:
    """A listing, sorted into what each file is."""

    files: tuple[SourceFile, ...]
    """Content files, by path; no strays."""
    strays: tuple[str, ...]
    """Paths that are nothing known; a `feed:` or a picture in prose may still name them."""
    data: dict[str, bytes] = field(repr=False)
    pictures: frozenset[str] = frozenset()
    """Those of the strays that a page can show, where something names them."""
    problems: tuple[Problem, ...] = ()
    unread: tuple[tuple[str, Naming], ...] = ()
    """Rules and team.md files that are there but not read: each path, and what it should be."""

    def of_kind(self, kind: FileKind) -> tuple[SourceFile, ...]:
        """Return the files of one kind, by path."""
        return tuple(file for file in self.files if file.naming.kind is kind)

    def by_path(self, kind: FileKind) -> dict[str, SourceFile]:
        """Return the files of one kind by their paths."""
        return {file.path: file for file in self.of_kind(kind)}


def read_listing(root: Path, exclude: Iterable[Path] = ()) -> Listing:
    """Return what lies in a folder; `exclude` are folders and files that are not content."""
    skipped = {path.resolve() for path in exclude}
    data: dict[str, bytes] = {}
    others: list[str] = []
    pictures: list[str] = []
    problems: list[Problem] = []
    for entry, name in _walk(root, skipped, problems):
        if not is_text_file(name):
            others.append(name)
            if is_picture(name, entry.stat().st_size):
                pictures.append(name)
            continue
        try:
            data[name] = _read(entry.path)
        except OSError as error:
            problems.append(unreadable(name, error))
    found = dict(sorted(data.items()))
    return Listing(found, tuple(sorted(others)), frozenset(pictures), tuple(problems))


def is_text_file(path: str) -> bool:
    """Tell whether a file of this name may be content."""
    return _ending(path) in TEXT_ENDINGS


def is_picture(path: str, size: int) -> bool:
    """Tell whether a file of this name and size is a picture that pages may show."""
    return _ending(path) in PICTURE_ENDINGS and size <= MOST_PICTURE_BYTES


def _ending(path: str) -> str:
    return "." + path.rpartition(".")[2].lower()


def may_be_content(path: str) -> bool:
    """Tell whether a path is neither hidden nor what lies about in every project."""
    *folders, name = path.split("/")
    hidden = any(part.startswith(".") for part in (*folders, name))
    return not hidden and not _is_bystander(name)


def linked(path: str) -> Problem:
    """Return the problem of a symbolic link."""
    return Problem(
        "OKR-F005",
        Place(path),
        "this is a symbolic link, and links are not followed",
        "put the file itself here, or list the link under ignore: in okrs.yml",
    )


def sort_listing(
    listing: Listing, cycles: Collection[str] = (), ignore: Collection[str] = ()
) -> Tree:
    """Return what each file is, given the cycles and patterns that `okrs.yml` names."""
    names = frozenset(cycle.lower() for cycle in cycles)
    files: list[SourceFile] = []
    strays: list[str] = []
    problems = [p for p in listing.problems if not is_ignored(p.place.path, ignore)]
    unread = [(p.place.path, name_file(p.place.path, names)) for p in problems]
    for path in sorted((*listing.data, *listing.others)):
        if is_ignored(path, ignore):
            continue
        naming = name_file(path, names)
        if naming.kind is not FileKind.STRAY:
            files.append(SourceFile(path, naming, listing.data[path]))
        elif problem := name_stray(path, naming, listing.data.get(path, b"")):
            problems.append(problem)
            unread += [(path, name_file(right, names)) for right in naming.right_names]
        else:
            strays.append(path)
    decisive = [each for each in unread if each[1].kind in (FileKind.RULES, FileKind.TEAM)]
    return Tree(
        files=tuple(files),
        strays=tuple(strays),
        data=listing.data,
        pictures=listing.pictures.intersection(strays),
        problems=tuple(problems),
        unread=tuple(decisive),
    )


def find_misnamed_rules(listing: Listing) -> str:
    """Return the path of a file that should be `okrs.yml` but is not called so, or nothing."""
    return next((path for path in listing.data if misnamed(path, FileKind.RULES)), "")


def stray_problems(strays: Iterable[str], used: Collection[str]) -> list[Problem]:
    """Return a warning for each stray that nothing uses."""
    return [
        Problem(
            "OKR-F002",
            Place(path),
            f"'{PurePosixPath(path).name}' is no plan, check-in or feedback, so nothing reads it",
            "rename it, move it out of the tree, or list it under ignore: in okrs.yml",
        )
        for path in strays
        if path not in used
    ]


def is_ignored(path: str, patterns: Collection[str]) -> bool:
    """Tell whether a pattern of `ignore:` fits a path, its name, or a folder that it lies in."""
    if not patterns:
        return False
    pure = PurePosixPath(path)
    names = [path, *pure.parts, *(str(parent) for parent in pure.parents)]
    return any(fnmatch.fnmatchcase(name, p.rstrip("/")) for p in patterns for name in names)


def _walk(
    root: Path, skipped: Collection[Path], problems: list[Problem]
) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Yield each file that may be content, with its path relative to the root."""
    names = frozenset(path.name for path in skipped)
    folders = [""]
    while folders:
        here = folders.pop()
        try:
            with os.scandir(root / here) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(unreadable(here or ".", error))
            continue
        tops = f"{here}/" if here else ""
        inside = [
            (entry, tops + entry.name)
            for entry in entries
            if _is_content(entry)
            # Only of these few is it worth to find out where they really are.
            and not ((entry.name in names or entry.is_symlink()) and _is_in(entry, skipped))
        ]
        problems += [_garbled(name) for _, name in inside if not _is_text(name)]
        inside = [each for each in inside if _is_text(each[1])]
        subfolders = [each for each in inside if _is_folder(each[0])]
        files = [each for each in inside if not _is_folder(each[0])]
        problems += [linked(name) for entry, name in subfolders if entry.is_symlink()]
        folders += [name for entry, name in reversed(subfolders) if not entry.is_symlink()]
        for entry, name in files:
            if _is_bystander(entry.name):
                continue
            if entry.is_symlink():
                problems.append(linked(name))
            elif entry.is_file():
                yield entry, name


def read_file(root: Path, path: str) -> bytes | None:
    """Return what one file holds; None where there is none. OSError where it cannot be opened."""
    try:
        return _read(str(root / path))
    except FileNotFoundError:
        return None


def _read(path: str) -> bytes:
    # Thousands of small files: whatever stands between this and the system takes its time.
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        # Python makes room for all that is asked for, so ask for little more than there is.
        size = min(os.fstat(file).st_size, MOST_BYTES) + 1
        data = os.read(file, size)
        while len(data) < size and (more := os.read(file, size - len(data))):
            data += more
    finally:
        os.close(file)
    return data


def _is_content(entry: os.DirEntry[str]) -> bool:
    is_environment = _is_folder(entry) and os.path.exists(f"{entry.path}/pyvenv.cfg")  # noqa: PTH110 - as often as there are folders
    return not (entry.name.startswith(".") or is_environment)


def _is_in(entry: os.DirEntry[str], skipped: Collection[Path]) -> bool:
    # Unlike pathlib, this gives a path even for a link to itself.
    return Path(os.path.realpath(entry.path)) in skipped


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _is_bystander(name: str) -> bool:
    """Tell whether a file may lie about: a project's own, office lock files, editors' copies."""
    return name.upper().startswith(_BYSTANDERS) or name.startswith("~$") or name.endswith("~")


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:  # bytes that the system allows in a name, and that are no UTF-8
        return False
    return True


def _garbled(path: str) -> Problem:
    return Problem("OKR-F006", Place(path), "this name is no UTF-8 text", "rename it")


def unreadable(path: str, error: OSError) -> Problem:
    """Return the problem of a file that cannot be opened."""
    reason = (error.strerror or "it cannot be opened").lower()
    return Problem(
        "OKR-F006", Place(path), f"this file cannot be opened: {reason}", "check its permissions"
    )
