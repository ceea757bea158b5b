"""An inspector sends conversations in, sees them inspected, reads a finding with its clause."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from scripts.make_screenshots import SAMPLES, House
from scripts.views import BATCH

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

DIALOGUES = Path(__file__).parents[3] / "shared" / "data" / "dialogues_zh" / "dialogues.jsonl"
COPIES = 50

Enter = Callable[..., Page]

WATCHER = """
addEventListener("DOMContentLoaded", () => {
  const kept = (name) => JSON.parse(sessionStorage.getItem(name) ?? "[]");
  const keep = (name, one) => sessionStorage.setItem(name, JSON.stringify([...kept(name), one]));
  if (!document.querySelector("[data-batch]")) return;
  keep("loads", document.querySelector("[data-batch]").dataset.batch);
  new MutationObserver(() => {
    const bar = document.querySelector("[data-batch] progress[value]");
    if (bar) keep("shown", bar.value / bar.max);
  }).observe(document.querySelector("[data-batch]"), { childList: true, subtree: true });
});
"""


def records() -> Iterator[dict[str, object]]:
    """Yield the samples over and over, each under an id of its own."""
    lines = [
        line for path in SAMPLES.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()
    ]
    number = count(1)
    for _ in range(COPIES):
        for line in lines:
            yield {**json.loads(line), "id": f"copy-{next(number)}"}


def send_in(page: Page, house: House, path: Path) -> None:
    page.goto(f"{house.address}/inspections/new")
    page.locator("[type=file]").set_input_files(path)
    page.locator("select[name=standard]").select_option("record")
    page.locator("main form button").click()
    page.wait_for_url(re.compile(r"/inspections/\d+/$"))


def test_an_inspector_sees_the_progress_without_touching_anything(
    house: House, enters: Enter, tmp_path: Path
) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_text("\n".join(map(json.dumps, records())), "utf-8")
    page = enters("zhengjie")
    page.add_init_script(WATCHER)
    send_in(page, house, path)
    page.locator("[data-batch=done]").wait_for()
    shown = page.evaluate("JSON.parse(sessionStorage.shown ?? '[]')")
    loads = page.evaluate("JSON.parse(sessionStorage.loads)")

    assert [one for one in shown if 0 < one < 1], "nothing came between the beginning and the end"
    assert shown == sorted(shown)
    assert len(loads) == 2  # as it was sent in, and with its conversations
    expect(page.locator("[data-batch] dd").first).to_have_text(str(COPIES * 14))


def test_an_inspector_reads_a_finding_its_clause_and_the_next(house: House, enters: Enter) -> None:
    page = enters("zhengjie")
    page.goto(f"{house.address}{BATCH}?outcome=missed")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/conversations/*")
    page.keyboard.press("n")
    finding = page.locator(".finding.near")
    expect(finding).to_be_focused()
    clause = finding.locator("a.clause")
    number, first = clause.inner_text(), finding.get_attribute("id")
    expect(finding.locator(".asks")).not_to_be_empty()
    expect(finding.locator(".why")).not_to_be_empty()
    asks = finding.locator(".asks").inner_text()
    conversation = page.url
    clause.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(number)
    assert page.locator(".clause-text").inner_text() == asks
    page.go_back()
    page.wait_for_url(conversation)
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator(".finding.near")).to_be_focused()
    assert page.locator(".finding.near").get_attribute("id") != first
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(conversation)
    assert page.url != conversation
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile("outcome=missed"))


@pytest.mark.skipif(not DIALOGUES.is_file(), reason="the shared conversations are not here")
def test_the_shared_conversations_are_inspected(house: House, enters: Enter) -> None:
    page = enters("zhengjie")
    send_in(page, house, DIALOGUES)
    page.locator("[data-batch=done]").wait_for()
    expect(page.locator("[data-batch] dd").first).to_have_text("30")


def test_without_a_script_everything_works_too(house: House, enters: Enter) -> None:
    page = enters("zhengjie", java_script_enabled=False)
    send_in(page, house, SAMPLES / "highway.jsonl")
    while not page.locator("[data-batch=done]").count():
        page.reload()
    page.goto(f"{page.url}?outcome=missed")
    page.locator("tbody a").first.click()
    finding = page.locator(".finding.missed, .finding.suspect").first
    expect(finding.locator(".asks")).to_be_visible()
    finding.locator("a.clause").click()
    expect(page.locator(".clause-text")).to_be_visible()


def test_a_double_click_sends_conversations_in_once(house: House, enters: Enter) -> None:
    page = enters("zhengjie")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    page.goto(f"{house.address}/inspections/new")
    page.locator("[type=file]").set_input_files(SAMPLES / "highway.jsonl")
    page.locator("main form button").dblclick()
    page.locator("[data-batch]").wait_for()

    assert len(sent) == 1


def test_a_form_that_is_sent_empty_says_what_it_lacks(house: House, enters: Enter) -> None:
    page = enters("zhengjie")
    page.goto(f"{house.address}/inspections/new")
    page.locator("main form button").click()
    expect(page.locator("[data-faults]")).to_be_focused()
