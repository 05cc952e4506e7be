"""A headless Chromium that tests drive over the DevTools protocol, and a server for built sites.

A tab keeps what happened in it: errors, requests (those of workers too), dialogs. Nothing but
127.0.0.1 can be reached from it, so that a foreign request is seen and yet asks nobody.
"""

from __future__ import annotations

import base64
import json
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import websocket

HERE = "127.0.0.1"
DESK, PHONE, PAPER = 1280, 390, 794
"""Widths of windows."""
PATIENCE = 20.0
"""Seconds until something that a page should do counts as not done."""

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-first-run",
    "--remote-allow-origins=*",
    "--remote-debugging-port=0",
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HERE}",
)

# Key → code, virtual key, text: what a page hears when somebody presses it.
_KEYS = {
    "Tab": ("Tab", 9, ""),
    "Enter": ("Enter", 13, "\r"),
    "Space": ("Space", 32, " "),
    "Escape": ("Escape", 27, ""),
    "PageUp": ("PageUp", 33, ""),
    "PageDown": ("PageDown", 34, ""),
    "End": ("End", 35, ""),
    "Home": ("Home", 36, ""),
    "ArrowLeft": ("ArrowLeft", 37, ""),
    "ArrowUp": ("ArrowUp", 38, ""),
    "ArrowRight": ("ArrowRight", 39, ""),
    "ArrowDown": ("ArrowDown", 40, ""),
}

Headers = Callable[[Path], dict[str, str]]


@dataclass(frozen=True)
class Served:
    """A site on a port of this machine."""

    address: str
    """Ends in a slash."""
    asked: list[str]
    """Paths that were asked for, and not found."""


@contextmanager
def serve(root: Path, headers: Headers | None = None) -> Iterator[Served]:
    """Serve a folder; `headers` gives further ones for a file."""
    missing: list[str] = []
    handler = partial(_Handler, directory=str(root))
    handler.keywords["missing"], handler.keywords["more"] = missing, headers
    server = ThreadingHTTPServer((HERE, 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Served(f"http://{HERE}:{server.server_address[1]}/", missing)
    finally:
        server.shutdown()
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(
        self, *args: Any, missing: list[str], more: Headers | None, directory: str
    ) -> None:
        self.missing, self.more = missing, more
        super().__init__(*args, directory=directory)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_response(self, code: int, message: str | None = None) -> None:
        super().send_response(code, message)
        if code == 404:
            self.missing.append(self.path)
        if self.more:
            for name, value in self.more(Path(self.translate_path(self.path))).items():
                self.send_header(name, value)


class Chromium(AbstractContextManager["Chromium"]):
    """A running browser with a profile of its own, which goes with it."""

    def __init__(self, program: str) -> None:
        # What the browser still writes while it ends must not fail the tests.
        self._profile = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            [program, *_FLAGS, f"--user-data-dir={self._profile.name}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._port = self._read_port()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._profile.cleanup()

    @contextmanager
    def tab(self, width: int = 1280, scheme: str = "light") -> Iterator[Tab]:
        """Open a tab, which closes in the end."""
        request = urllib.request.Request(self._at("new?about:blank"), method="PUT")
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            target = json.load(answer)
        socket = websocket.create_connection(target["webSocketDebuggerUrl"], timeout=PATIENCE)
        try:
            tab = Tab(socket)
            tab.begin()
            tab.resize(width)
            tab.prefer(scheme)
            yield tab
        finally:
            socket.close()
            urllib.request.urlopen(self._at(f"close/{target['id']}"), timeout=PATIENCE).close()

    def _at(self, what: str) -> str:
        return f"http://{HERE}:{self._port}/json/{what}"

    def _read_port(self) -> int:
        file = Path(self._profile.name) / "DevToolsActivePort"
        end = time.monotonic() + 2 * PATIENCE
        while time.monotonic() < end:
            with suppress(FileNotFoundError):
                if lines := file.read_text().splitlines():
                    return int(lines[0])
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError("Chromium does not start")


class PageError(Exception):
    """A page does not do what it is asked to."""


@dataclass
class Tab:
    """One page at a time, and what happened since it was opened."""

    socket: websocket.WebSocket
    errors: list[str] = field(default_factory=list)
    """Exceptions, errors on the console, and what the browser itself complains of."""
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    """What scripts of the page gave to the functions that `listen` added."""
    _asked: int = 0
    _loaded: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Let the browser tell what happens."""
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        # As if it were the window in front.
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        attach = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
        self.call("Target.setAutoAttach", **attach)

    def open(self, address: str) -> None:
        """Go to an address, forget what was before, and wait until all of it is loaded."""
        for kept in (self.errors, self.requests, self.dialogs, self.calls):
            kept.clear()
        # Else an address that differs in its anchor alone loads nothing.
        self._go("about:blank")
        self._go(address)

    def _go(self, address: str) -> None:
        answer = self.call("Page.navigate", url=address)
        if "errorText" in answer:
            raise PageError(f"{address}: {answer['errorText']}")
        self._until(lambda: answer["loaderId"] in self._loaded, f"{address} is not loaded")

    def resize(self, width: int, height: int = 800) -> None:
        """Make the window as wide as a screen or a phone."""
        mobile = width < 600
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def prefer(self, scheme: str, media: str = "") -> None:
        """Be a system that is set to light or dark, and a screen or, with `media`, a printer."""
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)

    def without_scripts(self) -> None:
        """Run no script of a page from now on."""
        self.call("Emulation.setScriptExecutionDisabled", value=True)

    def without_search(self) -> None:
        """Let no page prepare its search, which is a third of what it takes to load one."""
        idle = "class extends EventTarget { postMessage() {} terminate() {} }"
        self.before_each_page(f"window.Worker = {idle};")

    def before_each_page(self, script: str) -> None:
        """Run a script in every page before its own."""
        self.call("Page.addScriptToEvaluateOnNewDocument", source=script)

    def listen(self, name: str) -> None:
        """Give pages a function; what they call it with is kept in `calls`."""
        self.call("Runtime.addBinding", name=name)

    def value(self, expression: str) -> Any:
        """Return what an expression, or its promise, gives in the page."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise PageError(_said(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.value(f"Boolean({expression})"):
            if time.monotonic() > end:
                raise PageError(f"never true: {expression}")
            time.sleep(0.05)

    def settle(self, seconds: float = 0.3) -> None:
        """Take what happens within some time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._receive(left)

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key, by its name or letter."""
        code, number, text = _KEYS.get(key, ("", 0, key))
        said = {"key": " " if key == "Space" else key, "code": code, "modifiers": 8 * shift}
        said["windowsVirtualKeyCode"] = number
        down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        self.call("Input.dispatchKeyEvent", **said, **down)
        self.call("Input.dispatchKeyEvent", **said, type="keyUp")

    def write(self, text: str) -> None:
        """Type text where the focus is."""
        for letter in text:
            self.press(letter)

    def photograph(self, file: Path, height: int = 4000) -> None:
        """Keep what the page looks like, down to a height."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], height)}
        shot = self.call(
            "Page.captureScreenshot", captureBeyondViewport=True, clip={**clip, "scale": 1}
        )
        file.write_bytes(base64.b64decode(shot["data"]))

    def print(self, file: Path) -> None:
        """Print the page to a PDF, on the paper that its own styles ask for."""
        printed = self.call("Page.printToPDF", preferCSSPageSize=True)
        file.write_bytes(base64.b64decode(printed["data"]))

    def swipe(self, by: int, height: int = 300) -> None:
        """Draw a finger over the page, so many pixels to the right."""
        start = {"x": 200, "y": height}
        self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[start])
        end = {"x": 200 + by, "y": height + 8}
        self.call("Input.dispatchTouchEvent", type="touchMove", touchPoints=[end])
        self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    @property
    def foreign(self) -> list[str]:
        """Return the requests that leave this machine."""
        return [url for url in self.requests if not _stays(url)]

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask the browser for something and return its answer."""
        asked = self._send(method, parameters)
        end = time.monotonic() + 2 * PATIENCE
        while time.monotonic() < end:
            message = self._receive(end - time.monotonic())
            if message.get("id") == asked:
                if "error" in message:
                    raise PageError(f"{method}: {message['error']['message']}")
                return dict(message["result"])
        raise PageError(f"{method}: no answer")

    def _send(self, method: str, parameters: dict[str, Any], session: str = "") -> int:
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": parameters}
        self.socket.send(json.dumps({**message, "sessionId": session} if session else message))
        return self._asked

    def _receive(self, seconds: float) -> dict[str, Any]:
        self.socket.settimeout(max(seconds, 0.001))
        try:
            message: dict[str, Any] = json.loads(self.socket.recv())
        except websocket.WebSocketTimeoutException:
            return {}
        if "method" in message:
            self._hear(message["method"], message["params"])
        return message

    def _until(self, done: Callable[[], bool], complaint: str) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            left = end - time.monotonic()
            if left <= 0:
                raise PageError(complaint)
            self._receive(left)

    def _hear(self, event: str, told: dict[str, Any]) -> None:
        if event == "Page.lifecycleEvent" and told["name"] == "load":
            self._loaded.add(told["loaderId"])
        elif event == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif event == "Network.webSocketCreated":
            self.requests.append(told["url"])
        elif event == "Runtime.exceptionThrown":
            self.errors.append(_said(told["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled" and told["type"] in ("error", "assert"):
            self.errors.append(" ".join(str(arg.get("value", arg)) for arg in told["args"]))
        elif event == "Log.entryAdded" and told["entry"]["level"] == "error":
            entry = told["entry"]
            self.errors.append(f"{entry['text']} {entry.get('url', '')}".strip())
        elif event == "Runtime.bindingCalled":
            self.calls.append(told["payload"])
        elif event == "Page.javascriptDialogOpening":
            self.dialogs.append(told["message"])
            self._send("Page.handleJavaScriptDialog", {"accept": False})
        elif event == "Target.attachedToTarget":
            self._follow(told["sessionId"])

    def _follow(self, session: str) -> None:
        """Hear of a worker's or frame's requests, too, and let it begin."""
        for method in ("Network.enable", "Runtime.enable", "Runtime.runIfWaitingForDebugger"):
            self._send(method, {}, session)


def _said(details: dict[str, Any]) -> str:
    thrown = details.get("exception", {})
    return str(thrown.get("description") or thrown.get("value") or details["text"])


def _stays(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("about", "blob", "data") or parts.hostname == HERE


def search_for(tab: Tab, words: str) -> list[str]:
    """Search a site as people do, and return the paths that are found."""
    tab.press("/")
    tab.wait_for("document.activeElement.matches('.md-search__input')")
    tab.write(words)
    tab.wait_for("document.querySelector('.md-search-result__link')")
    tab.settle()
    return list(
        tab.value(
            "[...document.querySelectorAll('.md-search-result__link')]"
            ".map(link => new URL(link.href).pathname.slice(1))"
        )
    )
