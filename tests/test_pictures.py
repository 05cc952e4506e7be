"""Pictures: those that visible prose names are published and shown, and no others."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from trees import resolve_files, write_files

from okrsite.company import Loaded, load_company
from okrsite.pages.page import Surroundings
from okrsite.pictures import MOST_BYTES, picture_path
from okrsite.theme_dir import theme_dir

PNG = b"\x89PNG\r\n\x1a\n"
FILES: dict[str, str | bytes] = {
    "people.yml": "ana: {name: Ana Sousa, avatar: faces/ana.png}\n",
    "faces/ana.png": PNG + b"ana",
    "platform/team.md": "---\ntitle: Platform\n---\n![Our *week*](img/week%201.png?v=2)\n",
    "platform/img/week 1.png": PNG + b"week",
    "platform/img/nobody.png": PNG + b"nobody",
    "platform/2026-q4.md": (
        "---\nobjectives:\n"
        "  - Make it trusted:\n"
        "      id: trust\n"
        "      owner: ana\n"
        '      why: "See ![the curve](../img/curve.svg)"\n'
        "      key_results: [{id: incidents, title: Reduce incidents from 6 to 2}]\n"
        "  - Buy a rival:\n"
        "      visibility: leadership\n"
        '      why: "See ![the rival](../img/rival.jpg)"\n'
        "      key_results: [Sign 1 contract]\n"
        "---\nAs planned: ![the plan](../img/plan.WEBP)\n"
    ),
    "platform/checkins/2026-11-16.yml": (
        "key_results:\n  incidents:\n    value: 4\n    note: '![board](board.gif)'\n"
    ),
    "platform/checkins/board.gif": b"GIF89a",
    "img/curve.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "img/rival.jpg": b"\xff\xd8rival",
    "img/plan.WEBP": b"RIFF",
}
SEEN = {
    "faces/ana.png",
    "img/curve.svg",
    "img/plan.WEBP",
    "platform/checkins/board.gif",
    "platform/img/week 1.png",
}


def load(folder: Path, audience: str = "") -> Loaded:
    return load_company(folder, None, audience, now=datetime(2026, 11, 20, tzinfo=UTC))


def drawn(loaded: Loaded, url: str) -> str:
    rendered = loaded.render(Surroundings(template_dirs=(theme_dir(),)))
    return next(page for page in rendered.pages if page.url == url).draw()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path, FILES)


def test_only_what_visible_prose_names_is_read(folder: Path) -> None:
    assert load(folder).pictures.keys() == SEEN
    assert load(folder, "leadership").pictures.keys() == SEEN | {"img/rival.jpg"}
    assert load(folder).pictures["faces/ana.png"] == PNG + b"ana"


def test_pictures_are_published_below_files(folder: Path) -> None:
    assets = load(folder).render(Surroundings(template_dirs=(theme_dir(),))).assets
    files = {asset.url: b"".join(asset.draw()) for asset in assets}
    assert {url for url in files if url.startswith("files/")} == {f"files/{path}" for path in SEEN}
    assert files["files/platform/img/week 1.png"] == PNG + b"week"


def test_pages_show_them_wherever_the_prose_stands(folder: Path) -> None:
    loaded = load(folder)
    assert '<img src="../../files/platform/img/week%201.png" alt="Our week">' in drawn(
        loaded, "teams/platform/"
    )
    plan = "teams/platform/2026-q4/"
    assert '<img src="../../../files/img/plan.WEBP" alt="the plan">' in drawn(loaded, plan)
    trust = drawn(loaded, f"{plan}trust/")
    assert '<img src="../../../../files/img/curve.svg" alt="the curve">' in trust
    assert '<img src="../../../../files/platform/checkins/board.gif" alt="board">' in trust
    assert 'src="../../files/faces/ana.png" alt=""' in drawn(loaded, "people/ana/")


@pytest.mark.parametrize(
    "address",
    ["gone.png", "/img/plan.WEBP", "../../secret.png", "../people.yml", "big.png", "l.png"],
)
def test_what_is_not_there_too_large_or_a_link_shows_as_its_words(
    address: str, tmp_path: Path
) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    files = FILES | {
        "platform/team.md": f"![the words]({address})\n",
        "platform/big.png": b"\0" * (MOST_BYTES + 1),
        "platform/l.png": "-> ../img/rival.jpg",
    }
    loaded = load(write_files(tmp_path / "okrs", files))
    page = drawn(loaded, "teams/platform/")
    assert "<p>the words</p>" in page
    assert "OKR-P003" in {problem.code for problem in loaded.problems}
    assert loaded.pictures.keys() == SEEN - {"platform/img/week 1.png"}


def test_a_missing_picture_of_hidden_prose_is_told_to_those_who_may_see_it(tmp_path: Path) -> None:
    files = {path: data for path, data in FILES.items() if path != "img/rival.jpg"}
    resolution = resolve_files(tmp_path, files)
    told = [(p.code, p.place.line) for p in resolution.problems_for("leadership")]
    assert ("OKR-P003", 10) in told
    assert "OKR-P003" not in {p.code for p in resolution.problems_for("internal")}


@pytest.mark.parametrize(
    ("file", "address", "expected"),
    [
        ("team.md", "a.png", "a.png"),
        ("platform/team.md", "img/a%20b.png#x", "platform/img/a b.png"),
        ("platform/checkins/2026-11-16.yml", "../../a.png", "a.png"),
        ("team.md", "../a.png", "../a.png"),
    ],
)
def test_paths_count_from_the_file_that_names_the_picture(
    file: str, address: str, expected: str
) -> None:
    assert picture_path(file, address) == expected
