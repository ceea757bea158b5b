"""A manager sends recordings in, has them heard, listens to a call and confirms what was found."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from scripts.make_screenshots import TELEPHONE, House

from tests.speech.overnight.sounds import call

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

Enter = Callable[..., Page]

PIECE = """async (audio) => {
  const answer = await fetch(audio.src, { headers: { Range: "bytes=0-3" } });
  return [answer.status, await answer.text()];
}"""


def test_recordings_are_sent_in_heard_read_and_listened_to(
    house: House, enters: Enter, tmp_path: Path
) -> None:
    files = [tmp_path / "晚班一.wav", tmp_path / "晚班二.wav", tmp_path / "说明.wav"]
    for path, content in zip(files, (call(4), call(2, seed=8), b"no sound"), strict=True):
        path.write_bytes(content)
    page = enters("chenwei")
    page.goto(f"{house.address}/recordings/new")
    page.locator("[type=file]").set_input_files(files)
    page.locator("main form .buttons button").click()
    page.wait_for_url(re.compile(r"/recordings/\d+/$"))

    # What it costs is told before anything is heard.
    page.locator("[data-batch=ready]").wait_for()
    expect(page.locator("#start dl dd")).to_have_count(2)
    page.locator("input[name=when][value=now]").check()
    page.locator("#start form button").click()

    # It is heard while one looks, and the page becomes that of what was found.
    page.locator("[data-batch=done]").wait_for()
    expect(page.locator("[data-batch] dd").first).to_have_text("3")
    expect(page.locator("tbody tr", has_text="说明.wav").locator(".under")).not_to_be_empty()
    page.get_by_role("link", name="晚班一.wav").click()
    page.wait_for_url(re.compile(r"/contacts/\d+/$"))

    # Whoever listens says why, and a player has any piece of it.
    expect(page.locator("#recordings form")).to_be_visible()
    expect(page.locator("audio")).to_have_count(0)
    page.locator("#recordings form button").click()
    page.wait_for_url(re.compile(r"listening=\d+"))
    assert page.locator("audio").evaluate(PIECE) == [206, "RIFF"]

    # Something found is confirmed, and the player is still there.
    finding = page.locator(".finding.waits").first
    number = finding.get_attribute("id")
    finding.locator("[data-review=c]").click()
    page.wait_for_url(re.compile(r"listening=\d+#f\d+"))
    expect(page.locator(f"#{number} .reviewed")).to_be_visible()
    expect(page.locator("audio")).to_have_count(1)

    # On a telephone nothing is cut off.
    page.set_viewport_size(TELEPHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
