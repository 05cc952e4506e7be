"""A finished site beside the old one → in its place, whatever lies there and whoever else builds."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command import ROOT

from okrsite.site import exchange as exchanging
from okrsite.site import lock, stage
from okrsite.site.exchange import exchange
from okrsite.site.lock import locked
from okrsite.site.stage import MARK, NotOursError, StageError, restore, staged, swap_in

WAITING = ".site.okrsite-old"
STAGING = ".site.okrsite-0123abcd"
MKDOCS_PAGE = '<html><meta name="generator" content="mkdocs-1.6.1"></html>'

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a place for a site in a folder that holds nothing else."""
    return tmp_path / "site"


def publish(site: Path, text: str) -> None:
    with staged(site) as staging:
        (staging / "index.html").write_text(text)
        (staging / "teams").mkdir()
        (staging / "teams/index.html").write_text(text)
        swap_in(staging, site)


def fail_half_way(site: Path) -> None:
    with staged(site) as staging:
        (staging / "index.html").write_text("half")
        raise ZeroDivisionError


def beside(site: Path) -> list[str]:
    return sorted(path.name for path in site.parent.iterdir() if path != site)


def folder(path: Path, *names: str) -> Path:
    path.mkdir()
    for name in names:
        (path / name).write_text(name)
    return path


@pytest.fixture(params=["exchanged", "apart"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let a test pass in one step, and where the system has no such step."""
    if request.param == "apart":
        monkeypatch.setattr(stage, "exchange", lambda *_: False)
    return request.param


class TestSpare:
    def test_the_old_site_becomes_the_next(self, site: Path, tmp_path: Path, way: str) -> None:
        spare = tmp_path / "cache/spare"
        for text in ("one", "two", "three"):
            with staged(site, spare) as staging:
                found = staging / "index.html"
                assert (found.read_text() if found.exists() else "") == {"three": "one"}.get(
                    text, ""
                )
                found.write_text(text)
                swap_in(staging, site, spare)
            assert (site / "index.html").read_text() == text
        assert (spare / "index.html").read_text() == "two"
        assert beside(site) == ["cache"]

    def test_a_failed_build_leaves_none_and_harms_none(self, site: Path, tmp_path: Path) -> None:
        spare = folder(tmp_path / "spare", MARK)
        with pytest.raises(ZeroDivisionError), staged(site, spare):
            raise ZeroDivisionError
        assert beside(site) == []
        with staged(site, spare) as staging:
            swap_in(staging, site, spare)
        assert beside(site) == []

    def test_one_of_other_rights_is_not_taken(self, site: Path, tmp_path: Path) -> None:
        spare = folder(tmp_path / "spare", MARK, "index.html")
        spare.chmod(0o700 if spare.stat().st_mode & 0o77 else 0o755)
        with staged(site, spare) as staging:
            assert not (staging / "index.html").exists()

    def test_what_cannot_be_put_aside_goes(
        self, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish(site, "old")
        rename = Path.rename

        def elsewhere(self: Path, target: Path) -> Path:
            if target.name == "spare":
                raise OSError(errno.EXDEV, "another disk")
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", elsewhere)
        with staged(site, tmp_path / "spare") as staging:
            swap_in(staging, site, tmp_path / "spare")
        assert beside(site) == []


class TestSwap:
    def test_the_new_site_takes_the_place_of_the_old(self, site: Path, way: str) -> None:
        for text in ("old", "new"):
            publish(site, text)
        assert (site / "index.html").read_text() == "new"
        assert (site / "teams/index.html").read_text() == "new"
        assert (site / MARK).is_file()
        assert beside(site) == []

    def test_in_one_step(self, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        if not exchange(folder(site.with_name("one")), folder(site.with_name("other"))):
            pytest.skip("this system cannot exchange folders")
        publish(site, "old")

        def forbidden(*_: object) -> None:
            raise AssertionError("a site was renamed")

        monkeypatch.setattr(os, "rename", forbidden)
        publish(site, "new")
        assert (site / "index.html").read_text() == "new"

    def test_the_folders_of_the_site_are_made(self, tmp_path: Path) -> None:
        publish(tmp_path / "a/b/site", "new")
        assert (tmp_path / "a/b/site/index.html").is_file()

    def test_a_failed_build_leaves_the_old_site(self, site: Path, way: str) -> None:
        publish(site, "old")
        with pytest.raises(ZeroDivisionError):
            fail_half_way(site)
        assert (site / "index.html").read_text() == "old"
        assert beside(site) == []

    def test_the_old_site_comes_back_if_the_new_cannot_come(
        self, site: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stage, "exchange", lambda *_: False)
        publish(site, "old")
        rename = os.rename

        def fails(source: Path, target: Path) -> None:
            if Path(source).name not in ("site", WAITING):
                raise OSError(errno.EIO, "no")
            rename(source, target)

        monkeypatch.setattr(os, "rename", fails)
        with pytest.raises(OSError, match="no"):
            publish(site, "new")
        assert (site / "index.html").read_text() == "old"
        assert beside(site) == []

    def test_what_came_while_it_was_built_stays(self, site: Path) -> None:
        with staged(site) as staging:
            folder(site, "thesis.txt")
            with pytest.raises(NotOursError):
                swap_in(staging, site)
        assert (site / "thesis.txt").is_file()
        assert beside(site) == []

    def test_an_old_site_that_cannot_be_removed_is_told_of_and_removed_later(
        self, site: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        publish(site, "old")

        def fails(path: Path) -> None:
            raise OSError(errno.EIO, "no", str(path))

        with monkeypatch.context() as patch:
            patch.setattr(shutil, "rmtree", fails)
            publish(site, "new")
        assert (site / "index.html").read_text() == "new"
        (left,) = beside(site)
        assert f"{left} stays until the next build" in caplog.text
        publish(site, "newer")
        assert beside(site) == []


class TestExchange:
    def test_each_is_in_the_other_s_place(self, tmp_path: Path) -> None:
        one, other = folder(tmp_path / "ä", "1"), folder(tmp_path / "b c", "2")
        if not exchange(one, other):
            pytest.skip("this system cannot exchange folders")
        assert [path.name for path in one.iterdir()] == ["2"]
        assert [path.name for path in other.iterdir()] == ["1"]

    def test_what_is_missing_cannot_be_exchanged(self, tmp_path: Path) -> None:
        if not exchange(folder(tmp_path / "a"), folder(tmp_path / "b")):
            pytest.skip("this system cannot exchange folders")
        with pytest.raises(FileNotFoundError, match="absent"):
            exchange(tmp_path / "a", tmp_path / "absent")

    @pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
    def test_a_system_without_it_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str
    ) -> None:
        monkeypatch.setattr(exchanging.sys, "platform", platform)
        monkeypatch.setattr(exchanging.ctypes, "CDLL", lambda *_, **__: object())
        assert not exchange(folder(tmp_path / "a"), folder(tmp_path / "b"))

    @pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM])
    def test_a_file_system_without_it_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
    ) -> None:
        class Library:
            def renameat2(self, *_: object) -> int:
                exchanging.ctypes.set_errno(code)
                return -1

        monkeypatch.setattr(exchanging.sys, "platform", "linux")
        monkeypatch.setattr(exchanging.ctypes, "CDLL", lambda *_, **__: Library())
        assert not exchange(folder(tmp_path / "a"), folder(tmp_path / "b"))


class TestLeftovers:
    def test_the_old_site_comes_back_after_a_kill(self, site: Path) -> None:
        publish(site, "old")
        site.rename(site.with_name(WAITING))
        restore(site)
        assert (site / "index.html").read_text() == "old"
        assert beside(site) == []

    def test_without_one_there_is_nothing_to_restore(self, site: Path) -> None:
        restore(site)
        assert not site.exists()
        assert beside(site) == []

    def test_a_build_brings_it_back_before_it_begins(self, site: Path) -> None:
        publish(site, "old")
        site.rename(site.with_name(WAITING))
        with staged(site):
            assert (site / "index.html").read_text() == "old"
        assert beside(site) == []

    def test_what_a_kill_has_left_is_removed(self, site: Path) -> None:
        publish(site, "old")
        folder(site.with_name(STAGING), MARK, "index.html")
        folder(site.with_name(".site.okrsite-00000000"))
        folder(site.with_name(WAITING), MARK)
        folder(site.with_name(".site.okrsite-ffffffff"))
        (site.with_name(".site.okrsite-ffffffff") / "index.html").write_text(MKDOCS_PAGE)
        site.with_name(".site.okrsite-lock").write_text("4194304\n")
        publish(site, "new")
        assert (site / "index.html").read_text() == "new"
        assert beside(site) == []

    @pytest.mark.parametrize(
        "name",
        [
            ".site.okrsite-backup",
            ".site.okrsite-0123ABCD",
            ".other.okrsite-0123abcd",
            "okrsite-old",
        ],
    )
    def test_what_bears_another_name_stays(self, site: Path, name: str) -> None:
        folder(site.with_name(name), MARK)
        publish(site, "new")
        assert beside(site) == [name]

    @pytest.mark.parametrize("name", [STAGING, WAITING])
    def test_what_bears_no_mark_stays(self, site: Path, name: str) -> None:
        folder(site.with_name(name), "thesis.txt")
        publish(site, "new")
        publish(site, "newer")
        assert beside(site) == [name]
        assert (site.with_name(name) / "thesis.txt").is_file()

    def test_somebody_else_s_folder_does_not_become_the_site(self, site: Path) -> None:
        folder(site.with_name(WAITING), "thesis.txt")
        restore(site)
        assert not site.exists()

    def test_a_link_that_bears_the_name_stays(self, site: Path) -> None:
        target = folder(site.with_name("mine"), MARK)
        site.with_name(STAGING).symlink_to(target)
        publish(site, "new")
        assert (target / MARK).is_file()

    def test_a_removal_that_is_cut_short_keeps_the_mark(
        self, site: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish(site, "old")
        unlink, gone = Path.unlink, []

        def fails(path: Path, missing_ok: bool = False) -> None:
            gone.append(path.name)
            unlink(path, missing_ok)

        monkeypatch.setattr(Path, "unlink", fails)
        publish(site, "new")
        assert gone[-2:] == [MARK, ".site.okrsite-lock"]


class TestPlaces:
    def test_a_repository_stays(self, site: Path) -> None:
        publish(site, "old")
        folder(site / ".git", "HEAD")
        with pytest.raises(StageError, match=r"holds a repository \(\.git\)"):
            publish(site, "new")
        assert (site / ".git/HEAD").is_file()
        assert beside(site) == []

    def test_a_link_is_followed(self, tmp_path: Path) -> None:
        real = folder(tmp_path / "real")
        (tmp_path / "elsewhere").mkdir()
        link = tmp_path / "elsewhere/current"
        link.symlink_to(real)
        for text in ("old", "new"):
            publish(link, text)
        assert link.is_symlink()
        assert (real / "index.html").read_text() == "new"
        assert [path.name for path in link.parent.iterdir()] == ["current"]
        assert beside(real) == ["elsewhere"]

    def test_a_link_that_leads_nowhere_is_refused(self, site: Path) -> None:
        site.symlink_to(site.with_name("absent"))
        with pytest.raises(StageError, match=r"a link that leads nowhere; mend: remove the link"):
            publish(site, "new")
        assert beside(site) == []

    def test_a_mount_is_refused_before_anything_is_built(
        self, site: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site.mkdir()
        monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == site)
        with pytest.raises(StageError, match=r"a mount .* --site-dir .*site/site"), staged(site):
            pytest.fail("it was begun")
        assert beside(site) == []

    @pytest.mark.parametrize("code", [errno.EBUSY, errno.EXDEV])
    def test_what_cannot_be_moved_stays(
        self, site: Path, monkeypatch: pytest.MonkeyPatch, code: int
    ) -> None:
        publish(site, "old")

        def fails(one: Path, other: Path) -> bool:
            raise OSError(code, "no")

        monkeypatch.setattr(stage, "exchange", fails)
        with pytest.raises(StageError, match="name a folder within it"):
            publish(site, "new")
        assert (site / "index.html").read_text() == "old"
        assert beside(site) == []

    def test_a_folder_that_cannot_be_written_beside_is_refused(
        self, site: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        @contextmanager
        def refused(path: Path, what: str) -> Iterator[None]:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
            yield

        monkeypatch.setattr(stage, "locked", refused)
        with pytest.raises(StageError, match=r"cannot be written.*mend: allow that"):
            publish(site, "new")

    def test_a_failure_of_the_build_itself_is_told_as_it_is(self, site: Path) -> None:
        with pytest.raises(PermissionError, match="somewhere else"), staged(site):
            raise PermissionError(errno.EACCES, "no", "somewhere else")


def python(script: str, *words: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class TestLock:
    def test_nothing_is_left_behind(self, tmp_path: Path) -> None:
        path = tmp_path / "lock"
        with locked(path, "it"):
            assert path.read_text() == f"{os.getpid()}\n"
        with pytest.raises(ZeroDivisionError), locked(path, "it"):
            _ = 1 / 0
        assert not path.exists()

    def test_the_file_alone_bars_nobody(self, tmp_path: Path) -> None:
        path = tmp_path / "lock"
        path.write_text(f"{os.getpid()}\n" * 3)
        with locked(path, "it"):
            assert path.read_text() == f"{os.getpid()}\n"

    def test_who_comes_second_waits_and_says_for_whom(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(lock, "_PATIENCE", 1)
        path, order = tmp_path / "lock", []

        def second() -> None:
            with locked(path, "the site"):
                order.append("second")

        thread = threading.Thread(target=second)
        with locked(path, "the site"):
            thread.start()
            while not caplog.messages:
                time.sleep(0.01)
            order.append("first")
        thread.join()
        assert order == ["first", "second"]
        me = f"by another process ({os.getpid()})"
        assert caplog.messages == [f"the site is being built {me}: waiting for that"]
        assert caplog.record_tuples[0][:2] == ("mkdocs.okrsite", logging.WARNING)
        assert not path.exists()

    def test_a_link_in_its_place_is_not_followed(self, tmp_path: Path) -> None:
        victim = tmp_path / "victim"
        victim.write_text("precious")
        (tmp_path / "lock").symlink_to(victim)
        with pytest.raises(OSError, match="lock"), locked(tmp_path / "lock", "it"):
            pass
        assert victim.read_text() == "precious"

    def test_it_ends_with_its_process(self, tmp_path: Path) -> None:
        script = """
import os, sys
from pathlib import Path
from okrsite.site.lock import locked
with locked(Path(sys.argv[1]), "it"):
    os._exit(0)
"""
        path = tmp_path / "lock"
        python(script, path)
        assert path.exists()
        with locked(path, "it"):
            pass
        assert not path.exists()

    @needs_fork
    def test_a_worker_that_outlives_its_builder_does_not_keep_it(self, tmp_path: Path) -> None:
        script = """
import os, sys, time
from pathlib import Path
from okrsite.site.lock import locked
with locked(Path(sys.argv[1]), "it"):
    if os.fork() == 0:
        os.close(1); os.close(2)
        time.sleep(5)
    os._exit(0)
"""
        began = time.monotonic()
        python(script, tmp_path / "lock")
        with locked(tmp_path / "lock", "it"):
            assert time.monotonic() - began < 4

    @needs_fork
    def test_a_worker_that_leaves_by_the_front_door_does_not_open_it(self, tmp_path: Path) -> None:
        script = """
import os, sys
from pathlib import Path
from okrsite.site.lock import locked
path = Path(sys.argv[1])
try:
    with locked(path, "it"):
        if os.fork() == 0:
            sys.exit()
        os.wait()
        print(path.exists())
finally:
    sys.stdout.flush()
    os._exit(0)
"""
        assert python(script, tmp_path / "lock") == "True\n"
        assert beside(tmp_path / "lock") == []

    @needs_fork
    def test_many_hold_it_one_after_the_other(self, tmp_path: Path) -> None:
        script = """
import os, sys
from pathlib import Path
from okrsite.site import lock
lock._PAUSE = 0.0005
path, tally = Path(sys.argv[1]), Path(sys.argv[2])
for _ in range(6):
    if os.fork() == 0:
        for _ in range(50):
            with lock.locked(path, "it"):
                tally.write_text(str(int(tally.read_text()) + 1))
        os._exit(0)
for _ in range(6):
    assert os.wait()[1] == 0
"""
        tally = tmp_path / "tally"
        tally.write_text("0")
        python(script, tmp_path / "lock", tally)
        assert beside(tally) == []
        assert tally.read_text() == "300"


def in_a_small_world(script: str, *words: Path) -> str:
    """Run a script that may mount what it likes, for nobody else to see."""
    if not shutil.which("unshare"):
        pytest.skip("there is no unshare")
    able = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    if able.returncode:
        pytest.skip("this user may not make name spaces")
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, "-c", script, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


MOUNTED = """
import subprocess, sys
from pathlib import Path
from okrsite.site.stage import staged, swap_in
def mount(*words): subprocess.run(["mount", *map(str, words)], check=True)
def publish(site, size=10):
    try:
        with staged(site) as staging:
            (staging / "index.html").write_bytes(b"x" * size)
            swap_in(staging, site)
    except OSError as error:
        print(type(error).__name__, error)
    print(*sorted(str(path.relative_to(parent)) for path in parent.rglob("*")))
parent = Path(sys.argv[1])
site = parent / "site"
"""


class TestRealMounts:
    def test_a_full_disk_leaves_the_old_site(self, tmp_path: Path) -> None:
        script = MOUNTED + (
            'mount("-t", "tmpfs", "-o", "size=200k", "none", parent)\n'
            "publish(site, 50_000)\npublish(site, 300_000)\nprint((site / 'index.html').stat().st_size)"
        )
        first, failed, second, size = in_a_small_world(script, tmp_path).splitlines()
        assert "No space left" in failed
        assert first == second == "site site/.okrsite site/index.html"
        assert size == "50000"

    def test_a_volume_is_refused(self, tmp_path: Path) -> None:
        script = MOUNTED + 'site.mkdir()\nmount("-t", "tmpfs", "none", site)\npublish(site)'
        refused, left = in_a_small_world(script, tmp_path).splitlines()
        assert refused.startswith(f"StageError {tmp_path / 'site'} is a mount")
        assert left == "site"

    def test_a_folder_of_the_same_disk_that_is_mounted_is_refused(self, tmp_path: Path) -> None:
        folder(tmp_path / "site")
        script = MOUNTED + 'mount("--bind", site, site)\npublish(site)'
        refused, left = in_a_small_world(script, tmp_path).splitlines()
        assert refused.startswith(f"StageError {tmp_path / 'site'} is a mount")
        assert left == "site"

    def test_a_parent_that_cannot_be_written_is_refused(self, tmp_path: Path) -> None:
        script = MOUNTED + 'mount("-t", "tmpfs", "-o", "ro", "none", parent)\npublish(site)'
        refused, _ = in_a_small_world(script, tmp_path).splitlines()
        assert refused.startswith(f"StageError {tmp_path} cannot be written")
