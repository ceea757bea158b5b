"""Take the pictures of the documentation: every page, as wide as a desk and as a telephone.

Starts the server on a home of its own, has the samples inspected, and walks the pages that are
listed here, each as somebody who works with it. ``--only NAME`` takes those whose name begins so.
Tests in the browser walk the same pages.
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
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "screenshots"
SAMPLES = Path(__file__).parents[1] / "src" / "rexian" / "dialogue" / "samples"
DESK: ViewportSize = {"width": 1440, "height": 900}
TELEPHONE: ViewportSize = {"width": 390, "height": 844}
SIZES = {"desk": DESK, "phone": TELEPHONE}
QUALITY = 70
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
PASSWORD = "rexian-demo"  # noqa: S105 - the demonstration's, which everybody knows
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BATCH = "/inspections/1/"
NOBODY = ""


@dataclass(frozen=True, slots=True)
class View:
    """A page to look at: who does, at which address, and what they do there before the picture."""

    name: str
    who: str
    address: str
    act: Callable[[Page], object] = lambda _page: None
    theme: str = "light"
    status: int = 200


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
def running_house(home: Path) -> Iterator[House]:
    """Start the server as anybody does, with the demonstration; end it in the end."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("REXIAN_")}
    environment = {**ours, "REXIAN_HOME": str(home), "REXIAN_LANGUAGE": "zh-Hans"}
    command = [sys.executable, "-m", "rexian", "serve", "--port", str(port)]
    log = home.with_name(f"{home.name}.log")
    with log.open("wb") as target:
        server = subprocess.Popen(command, env=environment, stdout=target, stderr=target)
        try:
            _await_ready(f"http://localhost:{port}", server, log)
            yield House(f"http://localhost:{port}", home, log.read_text("utf-8"))
        finally:
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


def workbook(*people: tuple[str, str]) -> bytes:
    """Return a workbook of agents of the first team: sign-in name, name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("人员")
    sheet.append(["登录名", "姓名", "单位编码", "角色"])
    for sign_in, name in people:
        sheet.append([sign_in, name, "team-1", "客服"])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _load_roster(*people: tuple[str, str]) -> Callable[[Page], object]:
    def load(page: Page) -> None:
        content = workbook(*people)
        page.locator("[type=file]").set_input_files(
            {"name": "人员.xlsx", "mimeType": XLSX, "buffer": content}
        )
        page.locator("form[enctype] button").click()
        page.locator("#plan").wait_for()

    return load


def _carry_out_roster(page: Page) -> None:
    _load_roster(("hanmei", "韩梅"), ("gaofei", "高飞"))(page)
    _send("carry-out/", "table code")(page)


def _send(form: str, then: str) -> Callable[[Page], object]:
    """Return the act of sending the form of that address, after which something can be seen."""

    def send(page: Page) -> None:
        page.locator(f"main form[action$='{form}'] button").click()
        page.locator(then).first.wait_for()

    return send


def _follow_first(selector: str) -> Callable[[Page], object]:
    """Return the act of following the first such link, to another page."""

    def follow(page: Page) -> None:
        left = page.url
        page.locator(selector).first.click()
        page.wait_for_url(lambda url: url != left)

    return follow


def _open_link(page: Page) -> None:
    _send("password-link/", "#link")(page)
    page.goto(page.locator("#link").inner_text().strip())


VIEWS = (
    View("sign-in", NOBODY, "/account/sign-in/"),
    View("forgotten", NOBODY, "/account/forgotten/"),
    View("home", "zhengjie", "/"),
    View("home-dark", "zhengjie", "/", theme="dark"),
    View("home-agent", "wangfang", "/"),
    View("notices", "chenwei", "/notices/"),
    View("inspections", "zhengjie", "/inspections/"),
    View("send-in", "zhengjie", "/inspections/new"),
    View("inspection", "zhengjie", BATCH),
    View("conversation", "zhengjie", f"{BATCH}?outcome=missed", _follow_first("tbody a")),
    View(
        "conversation-dark",
        "zhengjie",
        f"{BATCH}?outcome=missed",
        _follow_first("tbody a"),
        theme="dark",
    ),
    View("delete-inspection", "zhengjie", f"{BATCH}delete"),
    View("standards", "chenwei", "/standards/"),
    View("import-standard", "chenwei", "/standards/import"),
    View("standard", "chenwei", "/standards/1/"),
    View("clause", "chenwei", "/standards/1/", _follow_first(".clauses a.number")),
    View("organisation", "admin", "/organisation/"),
    View("organisation-settings", "admin", "/organisation/settings/"),
    View("unit", "admin", "/organisation/units/3/"),
    View("unit-open", "admin", "/organisation/units/3/open/"),
    View("unit-change", "admin", "/organisation/units/3/change/"),
    View("unit-move", "admin", "/organisation/units/3/move/"),
    View("unit-close", "admin", "/organisation/units/3/close/"),
    View("people", "admin", "/people/"),
    View("person", "admin", "/people/2/"),
    View("person-join", "admin", "/people/new/"),
    View("person-change", "admin", "/people/2/change/"),
    View("person-appoint", "admin", "/people/2/appoint/"),
    View("person-move", "admin", "/people/2/move/"),
    View("person-leave", "admin", "/people/2/leave/"),
    View("person-link", "admin", "/people/2/", _send("password-link/", "#link")),
    View("set-password", "admin", "/people/2/", _open_link),
    View("import-people", "admin", "/people/import/"),
    View(
        "import-people-plan",
        "admin",
        "/people/import/",
        _load_roster(("hanmei", "韩梅"), ("gaofei", "高飞")),
    ),
    View("import-people-links", "admin", "/people/import/", _carry_out_roster),
    View("journal", "admin", "/journal/"),
    View("work", "admin", "/work/"),
    View("give-up", "admin", "/work/", _follow_first("tbody a")),
    View("profile", "wuting", "/account/profile/"),
    View("password", "wuting", "/account/password/"),
    View("sessions", "wuting", "/account/sessions/"),
    View("second-factor", "wuting", "/account/second-factor/"),
    View(
        "second-factor-key",
        "wuting",
        "/account/second-factor/",
        _send("second-factor/", "#key"),
    ),
    View("tokens", "wuting", "/account/tokens/"),
    View("keys", "admin", "/", lambda page: page.keyboard.press("?")),
    View("refused", "wangfang", "/journal/", status=403),
    View("not-found", "zhengjie", "/inspections/404/", status=404),
)
"""The pages of the house, in the order of the guide."""


def _take(browser: Browser, house: House, views: list[View]) -> None:
    pages: dict[tuple[str, str], Page] = {}
    for view in views:
        if (view.who, view.theme) not in pages:
            context = browser.new_context(
                locale="zh-CN",
                color_scheme="dark" if view.theme == "dark" else "light",
                reduced_motion="reduce",
            )
            new = context.new_page() if view.who == NOBODY else house.enter(context, view.who)
            pages[view.who, view.theme] = new
        page = pages[view.who, view.theme]
        page.set_viewport_size(DESK)
        page.goto(house.address + view.address)
        view.act(page)
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)
            page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")
            path = PICTURES / f"{view.name}-{size}.jpg"
            page.screenshot(path=path, type="jpeg", quality=QUALITY, animations="disabled")
            print(f"{path.name:32} {path.stat().st_size // 1024:5} KB")


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", metavar="NAME", help="those whose name begins so")
    only = parser.parse_args().only
    PICTURES.mkdir(exist_ok=True)
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_house(Path(folder) / "home") as house,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = house.enter(browser.new_context(locale="zh-CN"), "zhengjie")
        send_in_samples(page, house.address)
        house.park("inspection-batch:7")
        _take(browser, house, [view for view in VIEWS if view.name.startswith(only)])


if __name__ == "__main__":
    main()
