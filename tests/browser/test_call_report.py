"""A manager opens the report of a call, offline: it plays, and shows what is heard."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rexian.reports.calls.view import Sound
from rexian.reports.inspection import html
from tests.browser.axe import ALL, complaints
from tests.reports.calls.made import inspected_call, tone

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def page_of_calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a report of two calls: one with its sound within the page, one with it beside."""
    folder = tmp_path_factory.mktemp("calls")
    recording = tone()
    (folder / "b.wav").write_bytes(recording)
    sounds = {
        "A-CALL": Sound(f"data:audio/wav;base64,{b64encode(recording).decode()}"),
        "B-CALL": Sound("b.wav"),
    }
    path = folder / "calls.html"
    with path.open("wb") as target:
        html.write(
            (inspected_call(folder / "b.wav", name) for name in sounds),
            target,
            language="en",
            sounds=lambda call: sounds[call.conversation.id],
        )
    return path


@pytest.fixture
def calls(opened: Open, page_of_calls: Path) -> Open:
    """Give a function that opens the report of calls."""

    def open_calls(**options: object) -> Page:
        return opened(path=page_of_calls, **options)

    return open_calls


def now(page: Page, call: int = 1) -> float:
    """Return where a call stands, in seconds."""
    return float(page.evaluate(f"document.querySelector('#c{call} audio').currentTime"))


def plays(page: Page, call: int = 1, after: float = 0.0) -> None:
    """Wait until a call plays, and has come past an instant."""
    page.wait_for_function(
        "([call, after]) => { const one = document.querySelector(`#c${call} audio`);"
        " return !one.paused && one.currentTime > after; }",
        arg=[call, after],
    )


def test_a_click_on_a_pin_plays_from_a_little_before_it(calls: Open) -> None:
    page = calls()
    page.locator("#c1 .flag.missed rect").first.click()
    plays(page, after=13.3)
    assert now(page) < 20
    expect(page.locator("#c1 .call")).to_have_class("call ready playing")
    expect(page.locator("#c1 .finding.near")).to_have_attribute("data-at", "14.00")


def test_a_turn_a_word_and_a_finding_play_and_stop(calls: Open) -> None:
    page = calls()
    turn = page.locator("#t1-1 .play")
    turn.click()
    plays(page, after=8.8)
    turn.click()
    page.wait_for_function("document.querySelector('#c1 audio').paused")
    page.locator("#t1-3 .w").first.click()
    plays(page, after=28.5)
    page.locator("#c1 .notes .finding.suspect .play").click()
    page.wait_for_function("document.querySelector('#c1 audio').currentTime < 20")


def test_the_words_that_sound_are_lit_on_the_lane_and_in_the_text(calls: Open) -> None:
    page = calls()
    page.locator("#c1 .seek").fill("12")
    expect(page.locator("#c1 text.now")).to_have_count(1)
    expect(page.locator("#t1-1")).to_have_class("customer speaking")
    lit = page.locator("#t1-1 .now").inner_text()
    assert page.locator("#c1 text.now").text_content() == lit


def test_the_keys_play_skip_and_go_to_findings(calls: Open) -> None:
    page = calls()
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#c1 [data-clock]")).to_have_text("00:10")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#c1 [data-clock]")).to_have_text("00:05")
    page.keyboard.press("]")
    expect(page.locator("#c1 [data-speed]")).to_have_value("1.25")
    page.keyboard.press("2")
    plays(page, after=13.3)
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('#c1 audio').paused")


def test_going_on_to_a_finding_takes_the_cursor_there(calls: Open) -> None:
    page = calls()
    page.keyboard.press("n")
    expect(page.locator("#c1 [data-clock]")).to_have_text("00:19")  # what is on the call as a whole
    page.keyboard.press("n")
    expect(page.locator("#c1 [data-clock]")).to_have_text("00:13")


def test_one_call_plays_at_a_time_and_one_beside_the_page_plays_too(calls: Open) -> None:
    page = calls()
    page.locator("#c1 .main").click()
    plays(page)
    page.locator("#c2 .main").click()
    plays(page, call=2)
    page.wait_for_function("document.querySelector('#c1 audio').paused")


def test_lanes_grow_and_scroll_with_what_is_heard(calls: Open) -> None:
    page = calls()
    width = "document.querySelector('#c1 .track').getBoundingClientRect().width"
    before = page.evaluate(width)
    page.locator("#c1 [data-do=in]").click()
    assert page.evaluate(width) > before
    page.locator("#c1 .seek").fill("35")
    page.wait_for_function("document.querySelector('#c1 .scroller').scrollLeft > 500")
    expect(page.locator("#c1 .cursor")).to_be_in_viewport()


def test_without_a_script_the_browser_plays_and_everything_is_readable(calls: Open) -> None:
    page = calls(scripted=False)
    expect(page.locator("#c1 audio")).to_be_visible()
    expect(page.locator("#c1 .player")).to_be_hidden()
    expect(page.locator("#c1 .scroller")).to_be_visible()
    expect(page.locator("#n1-2")).to_contain_text("because HW-3.12")


def test_paper_has_lanes_and_findings_and_nothing_to_press(calls: Open) -> None:
    page = calls()
    page.emulate_media(media="print")
    for away in ("audio", ".player", ".seek", ".keys", ".whole"):
        expect(page.locator(f"#c1 {away}")).to_be_hidden()
    boxes = [one.bounding_box() for one in page.locator("#c1 .segment").all()]
    assert len({box["y"] for box in boxes if box}) == 1  # a minute stands in a row
    expect(page.locator("#n1-2")).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_window(calls: Open, width: int) -> None:
    page = calls(width=width)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_the_page_of_calls_keeps_the_rules_of_access(calls: Open) -> None:
    assert complaints(calls(), ALL) == []
