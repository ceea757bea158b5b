"""A real Chromium, the system's or Playwright's own, and what to look at with it.

A report from a file; and the house: the server as anybody starts it, with its demonstration.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright
from scripts.make_screenshots import DESK, House, launch, running_house, send_in_samples

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.reports.inspection import html
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker, Turn
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict
from tests.browser.office import Office

PATIENCE = 30_000  # milliseconds: a machine may be busy with other tests
expect.set_options(timeout=PATIENCE / 2)

Open = Callable[..., Page]


@dataclass(frozen=True)
class Texts:
    text: Mapping[str, str]


@dataclass(frozen=True)
class Standard:
    title: Mapping[str, str]
    clauses: Mapping[str, Texts]


STANDARD = Standard(
    {"en": "Highway service"},
    {
        "HW-3.5": Texts({"en": "Hear the purpose out, then repeat its main points."}),
        "HW-3.9": Texts({"en": "The customer hangs up first."}),
        "HW-3.12": Texts({"en": "Forbidden words are never said."}),
        "HW-3.13": Texts({"en": "No sarcasm, no counter-questions."}),
        "HW-3.14": Texts({"en": "The greeting is said as written."}),
    },
)


def verdict(clause: str, outcome: str, turn: int | None = None, quote: str = "") -> Verdict:
    turns = () if turn is None else (turn,)
    why = (("en", f"because of {quote or 'nothing said'}"),)
    at = None if turn is None else turn * 8.0 + 12
    return Verdict(clause, clause.lower(), Outcome(outcome), turns, quote, at, why)


def call(
    id_: str, score: float, texts: tuple[str, ...], *verdicts: Verdict
) -> InspectedConversation:
    turns = tuple(
        Turn(i, (Speaker.AGENT, Speaker.CUSTOMER)[i % 2], text, i * 8 + 12.0, i * 8 + 18.0)
        for i, text in enumerate(texts)
    )
    signals = (
        Signal(SignalName.RING, 0.0),
        Signal(SignalName.RING, 5.0),
        Signal(SignalName.ANSWER, 9.0, Speaker.AGENT),
        Signal(SignalName.HANG_UP, len(texts) * 8 + 12.0, Speaker.CUSTOMER),
    )
    facts = Facts("phone", "in", "enquiry", "simple")
    conversation = Conversation(id_, turns, signals, facts, source="calls.jsonl", line=1)
    return InspectedConversation(
        conversation, Inspection("highway", "1.0.0", "0123456789abcdef", score, verdicts)
    )


def calls() -> list[InspectedConversation]:
    """Return a faultless call, a rude one, a doubtful one, and one of many turns."""
    greeting = "您好，云岭高速，请问有什么可以帮您？"
    return [
        call(
            "A-FINE",
            100.0,
            (greeting, "去临川怎么走？", "请从南口上高速，一直往北。", "谢谢"),
            verdict("HW-3.14", "met", 0, greeting),
            verdict("HW-3.12", "not_applicable", 0, "什么"),
        ),
        call(
            "B-RUDE",
            20.0,
            ("喂，什么事？", "护栏坏了。", "这个应该不归我们管吧。", "那归谁管？", "不知道。"),
            verdict("HW-3.14", "missed", 0, "喂"),
            verdict("HW-3.12", "missed", 0, "喂，什么事"),
            verdict("HW-3.12", "missed", 2, "应该"),
            verdict("HW-3.12", "missed", 4, "不知道"),
            verdict("HW-3.5", "missed"),
            verdict("HW-3.9", "met"),
        ),
        call(
            "C-DOUBT",
            80.0,
            (greeting, "投诉收费员。", "你当时怎么不说呢？", "我没来得及。"),
            verdict("HW-3.13", "suspect", 2, "怎么不说呢"),
            verdict("HW-3.14", "met", 0, greeting),
            verdict("HW-3.5", "undecided"),
        ),
        call("D-LONG", 90.0, tuple(f"第{n}句话，说得慢一点。" for n in range(40))),
    ]


class _Loop:
    """Playwright's event loop, which keeps running in the thread of all tests.

    Between tests in the browser nobody sees it: Django refuses to ask a database beside a loop.
    """

    kept: asyncio.AbstractEventLoop | None = None

    @classmethod
    def show(cls) -> None:
        """Have it be the running one again."""
        asyncio._set_running_loop(cls.kept)

    @classmethod
    def hide(cls) -> None:
        """Have none be running."""
        cls.kept = asyncio._get_running_loop()
        asyncio._set_running_loop(None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Show the loop for as long as a test of this folder runs."""
    if item.path.parent != Path(__file__).parent:
        return (yield)
    _Loop.show()
    try:
        return (yield)
    finally:
        _Loop.hide()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            running = launch(playwright)
        except Error as error:
            pytest.skip(f"no Chromium on the PATH, and none of Playwright's own: {error.message}")
        yield running
        _Loop.show()
        running.close()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    with path.open("wb") as target:
        html.write(
            calls(),
            target,
            language="en",
            standards={"highway": STANDARD},
            at=datetime(2025, 11, 22, 21, 30, tzinfo=UTC),
        )
    return path


@pytest.fixture
def made() -> Callable[..., Path]:
    """Give a function that writes the report of one call, or of none."""

    def write(path: Path, id_: str = "", texts: tuple[str, ...] = (), clause: str = "") -> Path:
        ones = [call(id_, 50.0, texts, verdict(clause, "missed", 0, texts[0]))] if texts else []
        with path.open("wb") as target:
            html.write(ones, target, language="en", title=id_ or None)
        return path

    return write


@pytest.fixture
def opened(browser: Browser, report: Path) -> Iterator[Open]:
    """Give a function that opens the report offline; any error of its script fails the test."""
    contexts = []
    errors: list[str] = []

    def open_report(
        address: str = "",
        *,
        path: Path = report,
        width: int = 1280,
        scripted: bool = True,
        scheme: str = "light",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=scripted,
            color_scheme="dark" if scheme == "dark" else "light",
            offline=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text))
        page.goto(path.as_uri() + address)
        return page

    yield open_report
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(scope="session")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Start the server; its first batch is the samples, inspected. It hears what a script says."""
    place = tmp_path_factory.mktemp("house")
    script = place / "heard.json"
    script.write_text('{"words": [["您好", 0, 0.5, 0.9], ["不知道", 0.5, 1.2, 0.9]]}', "utf-8")
    with running_house(place / "home", {"REXIAN_ASR": f"scripted:{script}"}) as running:
        context = browser.new_context(locale="zh-CN")
        send_in_samples(running.enter(context, "zhengjie"), running.address)
        context.close()
        running.park("inspection-batch:7")
        running.call_at_any_hour()
        yield running


@pytest.fixture
def opens(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Give a function that opens a browser; any error of a script fails the test.

    What the server refuses and what the network does not carry is for the test to expect.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_context(**options: Any) -> BrowserContext:
        given = {"locale": "zh-CN", "viewport": DESK, "reduced_motion": "reduce", **options}
        context = browser.new_context(**given)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda told: errors.append(str(told.error)))
        context.on(
            "console",
            lambda told: (
                errors.append(told.text)
                if told.type == "error" and not told.text.startswith("Failed to load resource")
                else None
            ),
        )
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(scope="session")
def kept_sessions() -> dict[str, Any]:
    """Keep who is signed in already: signing in is slow on purpose."""
    return {}


@pytest.fixture
def enters(
    house: House, opens: Callable[..., BrowserContext], kept_sessions: dict[str, Any]
) -> Callable[..., Page]:
    """Give a function that shows somebody's first page, in a browser of their own."""

    def enter(who: str, **options: Any) -> Page:
        if who not in kept_sessions:
            page = house.enter(opens(**options), who)
            kept_sessions[who] = page.context.storage_state()
            return page
        page = opens(storage_state=kept_sessions[who], **options).new_page()
        page.goto(house.address)
        return page

    return enter


@pytest.fixture(scope="session")
def office_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Start a server for the stories of cases alone: months are closed there, and time passes."""
    with running_house(tmp_path_factory.mktemp("office") / "home") as running:
        yield running


@pytest.fixture(scope="session")
def kept_in_office() -> dict[str, Any]:
    """Keep who is signed in there."""
    return {}


@pytest.fixture
def office(
    office_house: House, opens: Callable[..., BrowserContext], kept_in_office: dict[str, Any]
) -> Office:
    """Return the house of the stories of cases."""
    return Office(office_house, opens, kept_in_office)
