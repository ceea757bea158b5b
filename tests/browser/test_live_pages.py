"""What ``live.js`` does on pages that have no session, in frames of other sites, without a worker.

Before a server of the test's own, which speaks like ours and notes what it is asked.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

STATIC = files("rexian.live").joinpath("static/live")
CHAT = """<!doctype html><html data-live-language="zh-Hant"><body>
<p data-live="visit:12-abc" data-live-after="4">old</p><output></output>
<script type="module">
  import { sendSignal } from "/live/live.js";
  const shown = document.querySelector("[data-live]");
  const said = document.querySelector("output");
  shown.addEventListener("rexian:signal", ({ detail }) => { said.textContent = detail.kind; });
  document.addEventListener("rexian:refused", () => { said.textContent = "refused"; });
  window.send = (kind) => sendSignal("visit:12-abc", kind, { seq: 3 });
</script></body></html>"""


class Hotline(ThreadingHTTPServer):
    """A server with one chat page, which anybody may frame."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[dict[str, list[str]]] = []
        self.signals: list[Any] = []
        self.open: list[queue.Queue[str]] = []

    @property
    def port(self) -> int:
        return self.server_port

    def tell(self, name: str, data: Any, entry_id: int | None = None) -> None:
        """Tell all streams, as ours does."""
        number = "" if entry_id is None else f"id: {entry_id}\n"
        for one in self.open:
            one.put(f"{number}event: {name}\ndata: {json.dumps(data)}\n\n")


class _Answer(BaseHTTPRequestHandler):
    server: Hotline

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/live":
            self._stream()
        elif path == "/chat":
            self._say(CHAT, "text/html; charset=utf-8")
        elif path == "/other-site":
            chat = f"http://localhost:{self.server.port}/chat"
            self._say(f"<!doctype html><iframe src='{chat}'></iframe>", "text/html")
        elif (asked := STATIC.joinpath(path.removeprefix("/live/"))).is_file():
            self._say(asked.read_text("utf-8"), "text/javascript")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.signals.append((self.headers["Content-Type"], json.loads(body)))
        self.send_response(204)
        self.end_headers()

    def _say(self, text: str, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def _stream(self) -> None:
        self.server.asked.append(parse_qs(urlsplit(self.path).query))
        mine: queue.Queue[str] = queue.Queue()
        mine.put(": \n\n")
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.server.open.append(mine)
        while True:
            text = mine.get()
            if not text:
                return
            self.wfile.write(text.encode())
            self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def hotline() -> Iterator[Hotline]:
    with Hotline() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        for one in server.open:
            one.put("")
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def change(entry_id: int, html: str) -> dict[str, Any]:
    return {"id": entry_id, "topic": "visit", "key": "12-abc", "html": html}


def keeps_up(place: Any, hotline: Hotline) -> None:
    """See that a page or a frame is told of changes and signals, and sends some."""
    expect(place.locator("p")).to_have_text("old")
    _until(lambda: bool(hotline.open), place)
    hotline.tell("change", change(4, "yesterday"), 4)
    hotline.tell("change", change(5, "new"), 5)
    expect(place.locator("p")).to_have_text("new")
    told = {"topic": "visit", "key": "12-abc", "kind": "typing", "data": {}}
    hotline.tell("signal", told)
    expect(place.locator("output")).to_have_text("typing")
    assert place.locator("body").evaluate("window.send('seen')") is True
    sent = {"watch": "visit:12-abc", "kind": "seen", "data": {"seq": 3}}
    assert hotline.signals == [("application/json", sent)]
    assert hotline.asked == [{"watch": ["visit:12-abc"], "language": ["zh-Hant"]}]


def _until(holds: Callable[[], bool], place: Any) -> None:
    page = getattr(place, "page", place)
    for _ in range(200):
        if holds():
            return
        (place.owner.page if hasattr(place, "owner") else page).wait_for_timeout(25)
    raise AssertionError("It never came to that.")


def test_a_page_without_a_session_keeps_up_in_its_language(page: Page, hotline: Hotline) -> None:
    page.goto(f"http://localhost:{hotline.port}/chat")
    keeps_up(page, hotline)


def test_a_page_in_a_frame_of_another_site_keeps_up(page: Page, hotline: Hotline) -> None:
    page.goto(f"http://127.0.0.1:{hotline.port}/other-site")
    keeps_up(page.frame_locator("iframe"), hotline)


REFUSED = """window.SharedWorker = class {
  constructor() { throw new DOMException("", "SecurityError"); }
};"""
SILENT = """const later = setTimeout;
window.setTimeout = (act, pause) => later(act, pause === 5000 ? 50 : pause);
window.SharedWorker = class extends EventTarget { port = new MessageChannel().port1 };"""


@pytest.mark.parametrize("refusal", [REFUSED, SILENT], ids=["refused", "silent"])
def test_a_page_that_gets_no_worker_has_a_stream_of_its_own(
    refusal: str, page: Page, hotline: Hotline
) -> None:
    page.add_init_script(refusal)
    page.goto(f"http://localhost:{hotline.port}/chat")
    keeps_up(page, hotline)


def test_a_page_that_is_crowded_out_comes_back_when_somebody_looks_at_it(
    page: Page, hotline: Hotline
) -> None:
    page.goto(f"http://localhost:{hotline.port}/chat")
    _until(lambda: bool(hotline.open), page)
    hotline.tell("end", {"reason": "crowded"})
    expect(page.locator("output")).to_have_text("refused")
    hotline.open.pop().put("")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    _until(lambda: bool(hotline.open), page)
    hotline.tell("change", change(9, "back again"), 9)
    expect(page.locator("p")).to_have_text("back again")
