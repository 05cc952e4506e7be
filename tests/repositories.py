"""Repositories for tests: commits on given days by given people."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ANA = "Ana Sousa <ana@acme.example>"
BO = "Bo Lindqvist <bo@acme.example>"


def git(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> str:
    """Run git in a folder as nobody in particular; return what it printed."""
    done = subprocess.run(
        ["git", "-C", str(folder), *words],
        env={**_environment(), **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}


@dataclass
class Repository:
    """A repository that grows commit by commit."""

    root: Path

    @classmethod
    def new(cls, root: Path) -> Repository:
        root.mkdir(parents=True, exist_ok=True)
        git(root, "init", "--quiet", "--initial-branch", "main")
        return cls(root)

    def write(self, files: Mapping[str, str]) -> None:
        for path, text in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in a file once."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, (path, old)
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def branch(self, name: str, start: str = "HEAD") -> None:
        """Check out a new branch."""
        self.git("checkout", "--quiet", "-b", name, start)

    def switch(self, name: str) -> None:
        """Check out a branch."""
        self.git("checkout", "--quiet", name)

    def commit(self, day: str, subject: str, author: str = ANA) -> str:
        """Commit everything at noon of a day; return the commit."""
        git(self.root, "add", "--all")
        return self._made(day, author, "commit", "--quiet", "--allow-empty", "-m", subject)

    def merge(self, day: str, branch: str, author: str = BO) -> str:
        subject = f"Merge pull request #7 from acme/{branch}"
        return self._made(day, author, "merge", "--quiet", "--no-ff", "-m", subject, branch)

    def _made(self, day: str, author: str, *words: str) -> str:
        name, _, email = author.removesuffix(">").partition(" <")
        when = f"{day}T12:00:00+00:00"
        said = {
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": email,
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_NAME": name,
            "GIT_COMMITTER_EMAIL": email,
            "GIT_COMMITTER_DATE": when,
        }
        git(self.root, *words, env=said)
        return git(self.root, "rev-parse", "HEAD")

    def git(self, *words: str) -> str:
        return git(self.root, *words)
