"""Messages → what Pagefind answers. It runs as a process beside ours.

The package's own Python interface waits a tenth of a second for each answer: a quarter of an hour
for seven thousand records. So the same messages are sent without waiting: JSON in base 64, a comma
behind each. Pagefind takes them one after the other, and so one order gives one index.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib import metadata, util
from pathlib import Path
from threading import Thread
from typing import IO, Any, cast

Message = Mapping[str, object]


class PagefindError(Exception):
    """Pagefind does not do what it was asked to; says what it complained of."""


def find_program() -> Path | None:
    """Return Pagefind's program; None where the package, or the program for it, is missing."""
    if util.find_spec("pagefind") is None:
        return None
    from pagefind.service import get_executable

    return get_executable()


def find_version() -> str:
    """Return the version of the package."""
    return metadata.version("pagefind")


def ask(messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Return the answers to some messages, in their order."""
    program = find_program()
    if program is None:
        raise PagefindError("Pagefind is not installed")
    encoded = [_encode(number, message) for number, message in enumerate(messages, 1)]
    with tempfile.TemporaryFile() as complaints:
        command = [str(program), "--service"]
        with subprocess.Popen(  # noqa: S603 - a program of a package that was installed
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints
        ) as process:
            sender = Thread(target=_send, args=(process.stdin, encoded))
            sender.start()
            answers = list(_receive(cast("IO[bytes]", process.stdout), len(encoded)))
            sender.join()
            # It ends as soon as its input does, whether it has answered or not: hence only now.
            _close(process.stdin)
        if len(answers) < len(encoded):
            complaints.seek(0)
            said = complaints.read().decode("utf-8", "replace").strip()[-2000:]
            raise PagefindError(
                f"Pagefind ended after {len(answers)} of {len(encoded)} answers: {said}"
            )
    return answers


def _encode(number: int, message: Message) -> bytes:
    request = {"message_id": number, "payload": message}
    return b64encode(json.dumps(request).encode()) + b","


def _send(stdin: IO[bytes], encoded: list[bytes]) -> None:
    # A process that ended reads no more; that answers are missing tells it.
    with suppress(BrokenPipeError):
        stdin.writelines(encoded)
        stdin.flush()


def _receive(stdout: IO[bytes], count: int) -> Iterator[dict[str, Any]]:
    for _, answer in zip(range(count), _split(stdout), strict=False):
        payload: dict[str, Any] = json.loads(b64decode(answer))["payload"]
        if payload["type"] == "Error":
            raise PagefindError(payload["message"])
        yield payload


def _split(stdout: IO[bytes]) -> Iterator[bytes]:
    rest: list[bytes] = []
    while chunk := stdout.read1(1 << 20):  # type: ignore[attr-defined]  # buffered, as a pipe is
        *whole, last = chunk.split(b",")
        for part in whole:
            yield b"".join([*rest, part])
            rest = []
        rest.append(last)


def _close(stdin: IO[bytes] | None) -> None:
    if stdin is not None:
        with suppress(BrokenPipeError):
            stdin.close()
