"""A pull request that plants a command in every place that its author may write to."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from command import okrsite_inside
from repositories import Repository, git

SOURCE = "content/okrs"
HEAD = "refs/pull/7/head"
CONTROL = "\x1b]0;owned\x07\x1b[2J"
"""What a terminal obeys: another title, an empty screen."""
OBEYED = ("::error::", "::set-output name=x::", "##[command]", "##vso[task.setvariable]")
"""What a CI runner obeys at the beginning of a line."""


@dataclass
class Request:
    """A company's repository, and a request to change it."""

    repository: Repository
    proofs: Path
    """A folder in which every command that is run leaves a file."""
    places: list[str] = field(default_factory=list)

    def command(self, place: str) -> str:
        """Return a command of the shell's that leaves a proof; note the place."""
        self.places.append(place)
        return f"touch {self.proofs}/{place}"

    def python(self, place: str) -> str:
        """Return Python that leaves a proof."""
        self.places.append(place)
        return f"__import__('pathlib').Path('{self.proofs}/{place}').touch()"

    @property
    def ran(self) -> list[str]:
        """Return the places whose command was run."""
        return sorted(path.name for path in self.proofs.iterdir())


def company(root: Path) -> Repository:
    """Return the repository of a company that `okrsite new` wrote."""
    done = okrsite_inside("new", root, "--name", "Acme", "--team", "Platform", "--cycle", "2026-q4")
    assert done.returncode == 0, done.stderr
    repository = Repository.new(root)
    repository.commit("2026-09-20", "Plans")
    return repository


def hostile_request(root: Path) -> Request:
    """Return a company with a request that is checked out nowhere, under `HEAD`."""
    repository, proofs = company(root / "acme"), root / "proofs"
    proofs.mkdir()
    request = Request(repository, proofs)
    repository.git("checkout", "--quiet", "-b", _branch(request))
    _write_content(request)
    _write_settings(request)
    _write_python(request)
    _write_git(request)
    subject = f"$({request.command('commit-subject')}) {OBEYED[0]}x {CONTROL}"
    author = (
        f"`{request.command('author-name')}` {OBEYED[1]} <$({request.command('author-email')})@x>"
    )
    commit = repository.commit("2026-11-16", subject, author)
    repository.git("update-ref", HEAD, commit)
    repository.git("checkout", "--quiet", "--force", "main")
    repository.git("clean", "-ffdxq")
    return request


def _branch(request: Request) -> str:
    return f"x-$({request.command('branch')};)-`id`".replace(" ", "${IFS}")


def _write_content(request: Request) -> None:
    """Write plans, people, check-ins, prose and feeds that name commands."""
    run = request.command
    shell = f"$({run('title')}) `{run('title-backticks')}` '; {run('title-quote')} #"
    (request.repository.root / SOURCE / "platform/2026-q4.yml").unlink()
    (request.repository.root / SOURCE / "platform/team.md").unlink()
    request.repository.write(
        {
            f"{SOURCE}/platform/team.md": (
                f"---\ntitle: '{OBEYED[0]}Platform'\nlead: ana\nlinks: {{Chat: \"javascript:"
                f'{run("link")}"}}\n---\n<script>{run("prose-script")}</script>\n'
                f'<img src=x onerror="{run("prose-handler")}">\n'
                f"{{{{ cycler.__init__.__globals__.os.popen('{run('prose-jinja')}') }}}}\n"
                f"{OBEYED[2]}{run('prose-runner')}\n"
            ),
            f"{SOURCE}/platform/2026-q4.yml": (
                "objectives:\n"
                f'  - title: "{OBEYED[0]} {shell.replace(chr(34), "")}"\n'
                f"    why: |\n      {OBEYED[3]} @everyone\n"
                "    supports: company/nothing\n"
                "    key_results:\n"
                f"      - title: '{OBEYED[2]} Sales from 1 to 9'\n"
                "        feed: feed.csv\n"
                f"      - id: tag\n        title: !!python/object/apply:os.system ['{run('yaml-tag')}']\n"
                f"unknown-{OBEYED[0]}: x\n"
            ),
            f"{SOURCE}/platform/feed.csv": f"date,value\n2026-11-09,=cmd|'{run('csv')}'!A1\n",
            f"{SOURCE}/platform/checkins/2026-11-16.yml": (
                f'key_results: {{"{OBEYED[0]}": 1}}\n'
                f"wins: [\"{OBEYED[2]}$({run('win')})\"]\nnote: '{OBEYED[1]}'\n"
            ),
            f"{SOURCE}/people.yml": (
                f"ana: {{name: \"$({run('person')}) {OBEYED[0]}\", email: '`x`@acme.example'}}\n"
            ),
            f"{SOURCE}/$({run('file-name').replace('/', '∕')}).yml": "x: 1\n",
            f"{SOURCE}/a\n{OBEYED[0]}b{CONTROL}.yml": "objectives: [\n",
            f"{SOURCE}/platform/--help.yml": "x\n",
        }
    )
    (request.repository.root / SOURCE / "2026-q3.yml").symlink_to("/etc/passwd")


def _write_settings(request: Request) -> None:
    """Write settings of MkDocs', a theme, CI and owners that name commands."""
    run, python = request.command, request.python
    request.repository.write(
        {
            "mkdocs.yml": (
                "site_name: x\nhooks: [hooks.py]\nsource: here\n"
                "theme: {name: material, custom_dir: overrides}\n"
                "plugins:\n  - okrsite: {source: content/okrs}\n  - planted\n"
                f"extra: !!python/object/apply:os.system ['{run('mkdocs-tag')}']\n"
                f'nested: !!python/object/apply:eval ["{python("mkdocs-eval")}"]\n'
            ),
            "hooks.py": python("mkdocs-hook"),
            "overrides/okrsite/home.html": (
                f"{{{{ cycler.__init__.__globals__.os.system('{run('template')}') }}}}\n"
            ),
            "CODEOWNERS": f"* $({run('codeowners')})\n",
            ".github/workflows/okrs.yml": f"jobs: {{x: {{steps: [{{run: {run('workflow')}}}]}}}}\n",
            ".gitlab-ci.yml": f"x: {{script: ['{run('gitlab-ci')}']}}\n",
            "requirements.txt": "./planted\n",
            "Makefile": f"all:\n\t{run('makefile')}\n",
        }
    )


def _write_python(request: Request) -> None:
    """Write modules that Python may find before our own."""
    names = ("okrsite", "yaml", "msgspec", "sitecustomize", "usercustomize", "planted", "conftest")
    for name in names:
        request.repository.write({f"{name}.py": request.python(f"module-{name}")})
    request.repository.write({"planted/setup.py": request.python("setup-py")})


def _write_git(request: Request) -> None:
    """Write what git itself reads in a tree, and what looks like a repository."""
    run = request.command
    config = (
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n"
        f"\tfsmonitor = {run('bare-fsmonitor')}\n\tpager = {run('bare-pager')}\n"
        f"\tsshCommand = {run('bare-ssh')}\n"
        f'[diff "x"]\n\ttextconv = {run("textconv")}\n\tcommand = {run("diff-command")}\n'
        f'[filter "x"]\n\tsmudge = {run("smudge")}\n\tclean = {run("clean")}\n'
        f"[gpg]\n\tprogram = {run('gpg')}\n[log]\n\tshowSignature = true\n"
    )
    request.repository.write(
        {
            ".gitattributes": "* diff=x filter=x\n*.yml export-subst\n",
            ".gitconfig": config,
            ".gitmodules": f'[submodule "x"]\n\tpath = x\n\turl = .\n\tupdate = !{run("submodule")}\n',
            ".lfsconfig": f"[lfs]\n\turl = ssh://-oProxyCommand={run('lfs')}/x\n",
            ".mailmap": f"{OBEYED[0]} <evil@x> <ana@acme.example>\n",
            ".githooks/post-checkout": f"#!/bin/sh\n{run('hook')}\n",
            f"{SOURCE}/HEAD": "ref: refs/heads/main\n",
            f"{SOURCE}/config": config,
            f"{SOURCE}/objects/x": "",
            f"{SOURCE}/refs/x": "",
        }
    )


def check_out(request: Request, folder: Path) -> Path:
    """Check the request itself out into a folder, as somebody does who wants to look at it."""
    subprocess.run(["git", "init", "--quiet", "-b", "main", str(folder)], check=True)
    url = f"file://{request.repository.root}"
    git(folder, "fetch", "--quiet", url, "main:main-of-theirs", f"{HEAD}:request")
    git(folder, "checkout", "--quiet", "request")
    return folder
