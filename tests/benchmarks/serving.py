"""`okrsite serve` → the time from saving a check-in to its note in the browser."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from .builds import OKRSITE, Workshop
from .edits import make_edit
from .measure import environment, watch_memory

SAVES = 5
"""How often is saved; the first is not counted, as it finds everything cold."""

_PATIENCE = 600
_LOOK_EVERY = 0.01
_WEIGH_EVERY = 0.5
"""Rarely, as whoever is weighed waits meanwhile."""
_RELOAD = re.compile(rb"livereload\((\d+), ?(\d+)\)")


@dataclass(frozen=True)
class Served:
    """How long saving took, each in seconds."""

    ready: float
    """From the start to the first page."""
    pages: tuple[float, ...]
    """From each save until the page's new bytes are served."""
    reloads: tuple[float, ...]
    """From each save until the browser is told to load it again; empty where nobody tells it."""
    memory: int
    """Bytes of all processes at the peak."""


class NotServedError(Exception):
    """A page that did not come, or came without what was saved; says which."""


@dataclass(frozen=True)
class _Server:
    """A server that runs."""

    root: str
    process: subprocess.Popen[bytes]
    said: BinaryIO
    """What it printed."""

    def look(self, path: str) -> bytes:
        """Return a page, or nothing while it is missing in the middle of a build."""
        try:
            with urllib.request.urlopen(self.root + path, timeout=_PATIENCE) as answer:
                found: bytes = answer.read()
                return found
        except urllib.error.HTTPError:
            return b""
        except OSError as error:
            raise NotServedError(f"{self.root}{path}: {error}\n{self._last_words()}") from error

    def is_up(self) -> bool:
        """Tell whether it answers; NotServedError where it has ended."""
        if self.process.poll() is not None:
            raise NotServedError(f"exit {self.process.returncode}\n{self._last_words()}")
        try:
            return bool(self.look(""))
        except NotServedError:
            return False

    def _last_words(self) -> str:
        # Read without moving the place at which the server goes on writing.
        return os.pread(self.said.fileno(), 1 << 20, 0).decode(errors="replace")[-2000:]


def measure_serving(shop: Workshop, saves: int = SAVES) -> Served:
    """Serve a company, save check-ins and look at the page until each appears."""
    shop.start_cold()
    with _serving(shop.own) as (server, ready):
        times = [_save(shop, server) for _ in range(saves)][1:]
        with watch_memory(server.process.pid, _WEIGH_EVERY) as seen:
            _save(shop, server)
    reloads = tuple(reload for _, reload in times if reload is not None)
    return Served(ready, tuple(page for page, _ in times), reloads, seen.peak)


def _save(shop: Workshop, server: _Server) -> tuple[float, float | None]:
    """Save a check-in; return the seconds until its page and until the call to reload."""
    url = make_edit(shop.company, 0).url
    told: list[float] = []
    listener = _listen(server, server.look(url), told)
    time.sleep(1)  # as long as nobody saves, a server may rest
    began = time.perf_counter()
    note = shop.edit().note.encode()
    while note not in server.look(url):
        if time.perf_counter() - began > _PATIENCE:
            raise NotServedError(f"{url} never showed what was saved")
        time.sleep(_LOOK_EVERY)
    page = time.perf_counter() - began
    if listener:
        listener.join(_PATIENCE)
    return page, told[0] - began if told else None


def _listen(server: _Server, page: bytes, told: list[float]) -> threading.Thread | None:
    """Wait as a browser does to be told that there is something new."""
    found = _RELOAD.search(page)
    if not found:
        return None
    seen, request = int(found[1]), int(found[2])

    def wait() -> None:
        # Now and then the server answers that there is nothing new.
        with contextlib.suppress(NotServedError):
            while int(server.look(f"livereload/{seen}/{request}") or 0) <= seen:
                pass
            told.append(time.perf_counter())

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


@contextlib.contextmanager
def _serving(folder: Path) -> Iterator[tuple[_Server, float]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            [*OKRSITE, "serve", "--port", str(port)],
            cwd=folder,
            env=environment(),
            stdout=said,
            stderr=subprocess.STDOUT,
            # Who measures in the background of a shell ignores what is to end the server.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        server = _Server(f"http://127.0.0.1:{port}/", process, said)
        try:
            while not server.is_up():
                if time.perf_counter() - began > _PATIENCE:
                    raise NotServedError(f"{server.root} never answered")
                time.sleep(0.05)
            yield server, time.perf_counter() - began
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
