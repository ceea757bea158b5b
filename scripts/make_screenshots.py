"""Take the pictures of the documentation: every page, as wide as a desk and as a telephone.

``python -m scripts.make_screenshots`` starts the server on a home of its own, has the samples
inspected, and walks the pages of ``views.py``, each as somebody who works with it. ``--only NAME``
takes those whose name begins so, ``--new`` those that were never taken.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    ViewportSize,
    sync_playwright,
)
from scripts.hotline_scenes import busy_hotline
from scripts.views import NOBODY, VIEWS, View

PICTURES = Path(__file__).parents[1] / "docs" / "screenshots"
SAMPLES = Path(__file__).parents[1] / "src" / "rexian" / "dialogue" / "samples"
DESK: ViewportSize = {"width": 1440, "height": 900}
TELEPHONE: ViewportSize = {"width": 390, "height": 844}
SIZES = {"desk": DESK, "phone": TELEPHONE}
QUALITY = 70
# The shell first: it is the same without a window, which costs more than most pages.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
PASSWORD = "rexian-demo"  # noqa: S105 - the demonstration's, which everybody knows


@dataclass(frozen=True, slots=True)
class House:
    """A server that runs with the demonstration, for one home."""

    address: str
    home: Path
    told: str

    def enter(self, context: BrowserContext, who: str) -> Page:
        """Sign somebody in, and return their page."""
        page = context.new_page()
        page.goto(f"{self.address}/account/sign-in/")
        page.locator("[autocomplete=username]").fill(who)
        page.locator("[type=password]").fill(PASSWORD)
        page.locator("main form button").click()
        page.wait_for_url(f"{self.address}/")
        return page

    @contextmanager
    def busy(self, *, wanted: bool = True) -> Iterator[Mapping[str, str]]:
        """Have people in the hotline for a while, and tell how they are found."""
        if not wanted:
            yield {}
            return
        with busy_hotline(self.address, PASSWORD) as named:
            yield named

    def call_at_any_hour(self) -> None:
        """Have customers be called on cases now, whatever the hour is."""
        with closing(sqlite3.connect(self.home / "rexian.sqlite3", timeout=20)) as database:
            database.execute("UPDATE callbacks_case_call SET windows = '', next_at = due_from")
            database.commit()

    def park(self, subject: str) -> None:
        """Put work there that has failed for the last time, as only a fault would."""
        reason = {
            "error": "FileNotFoundError",
            "message": "Something broke at {where}.",
            "values": {"where": "receiving.py:88 opened"},
        }
        columns = (
            "kind, name, lane, priority, subject, organisation, data, explanation, is_provisional, "
            "state, due_at, failed_at, attempts, fence, worker, reason, done, total"
        )
        with closing(sqlite3.connect(self.home / "rexian.sqlite3", timeout=20)) as database:
            database.execute(
                f"INSERT INTO clockwork_work ({columns}) VALUES ('job', "  # noqa: S608 - constants
                "'dialogue.inspect_batch', 2, 0, ?, 1, '{\"batch\": 99999}', '{}', 0, 'parked', "
                "datetime('now'), datetime('now'), 5, 1, '', "
                "?, 0, 0)",
                [subject, json.dumps(reason)],
            )
            database.commit()


@contextmanager
def running_house(home: Path, settings: Mapping[str, str] | None = None) -> Iterator[House]:
    """Start the server as anybody does, with the demonstration; end it in the end."""
    port = free_port()
    server, told = start_server(home, port, settings)
    try:
        yield House(f"http://localhost:{port}", home, told)
    finally:
        end_server(server)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def start_server(
    home: Path, port: int, settings: Mapping[str, str] | None = None
) -> tuple[subprocess.Popen[bytes], str]:
    """Start the server, and return it with what it told when it was ready."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("REXIAN_")}
    environment = {**ours, "REXIAN_HOME": str(home), "REXIAN_LANGUAGE": "zh-Hans"}
    environment |= settings or {}
    command = [sys.executable, "-m", "rexian", "serve", "--port", str(port)]
    log = home.with_name(f"{home.name}.log")
    with log.open("wb") as target:
        server = subprocess.Popen(command, env=environment, stdout=target, stderr=target)
    try:
        _await_ready(f"http://localhost:{port}", server, log)
    except BaseException:
        end_server(server)
        raise
    return server, log.read_text("utf-8")


def end_server(server: subprocess.Popen[bytes]) -> None:
    """Have the server end, and see to it that it has."""
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _await_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server has told where to go."""
    while address not in log.read_text("utf-8"):
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(log.read_text("utf-8"))


def send_in_samples(page: Page, address: str) -> None:
    """Have the samples inspected, and wait until they are."""
    page.goto(f"{address}/inspections/new")
    page.locator("[type=file]").set_input_files(sorted(SAMPLES.glob("*.jsonl")))
    page.locator("select[name=standard]").select_option("record")
    page.locator("main form button").click()
    page.locator("[data-batch=done]").wait_for()


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium, else Playwright's own."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return playwright.chromium.launch(executable_path=found, args=ARGUMENTS)


def _take(browser: Browser, house: House, views: list[View]) -> None:
    pages: dict[tuple[str, str], Page] = {}
    with house.busy(wanted=any(view.is_busy for view in views)) as named:
        for view in views:
            if (view.who, view.theme) not in pages:
                pages[view.who, view.theme] = _enter(browser, house, view)
            _picture(
                pages[view.who, view.theme], house.address + view.address.format(**named), view
            )


def _enter(browser: Browser, house: House, view: View) -> Page:
    context = browser.new_context(
        locale="zh-CN",
        color_scheme="dark" if view.theme == "dark" else "light",
        reduced_motion="reduce",
    )
    return context.new_page() if view.who == NOBODY else house.enter(context, view.who)


def _picture(page: Page, address: str, view: View) -> None:
    page.set_viewport_size(DESK)
    page.goto(address)
    view.act(page)
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")
        path = PICTURES / f"{view.name}-{size}.jpg"
        page.screenshot(path=path, type="jpeg", quality=QUALITY, animations="disabled")
        print(f"{path.name:32} {path.stat().st_size // 1024:5} KB")


def _is_taken(view: View) -> bool:
    return all((PICTURES / f"{view.name}-{size}.jpg").is_file() for size in SIZES)


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", metavar="NAME", help="those whose name begins so")
    parser.add_argument("--new", action="store_true", help="those that there are no pictures of")
    asked = parser.parse_args()
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_house(Path(folder) / "home") as house,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        page = house.enter(browser.new_context(locale="zh-CN"), "zhengjie")
        send_in_samples(page, house.address)
        house.park("inspection-batch:7")
        house.call_at_any_hour()
        wanted = [view for view in VIEWS if view.name.startswith(asked.only)]
        wanted = [one for one in wanted if not (asked.new and _is_taken(one))]
        quiet = [one for one in wanted if not one.is_busy]
        _take(browser, house, quiet)
        _take(browser, house, [one for one in wanted if one.is_busy])


if __name__ == "__main__":
    main()
