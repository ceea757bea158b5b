from __future__ import annotations

import hashlib
import io
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from rexian.dialogue.domain.conversations import Label
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.truth import compare
from rexian.reports.inspection import html

Build = Callable[..., InspectedConversation]
Judge = Callable[..., Any]

VOID = {"meta", "link", "input", "br"}


class Outline(HTMLParser):
    """Reads what a browser would build, as far as these tests ask."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str, name: str = "") -> list[dict[str, str | None]]:
        wanted = [found for kind, found in self.elements if kind == tag]
        return [one for one in wanted if name in (one.get("class") or "").split() or not name]


def page_of(ones: Iterable[InspectedConversation], **settings: Any) -> str:
    target = io.BytesIO()
    html.write(ones, target, **({"language": "en"} | settings))
    return target.getvalue().decode("utf-8")


@pytest.fixture
def page(cast: list[InspectedConversation], standards: Mapping[str, Any], problems: Any) -> str:
    at = datetime(2025, 11, 22, 21, 30, tzinfo=UTC)
    return page_of(cast, standards=standards, problems=problems, at=at)


def test_the_head_tells_what_judged_and_when(page: str) -> None:
    assert "Highway service" in page
    assert '<code title="0123456789abcdef">0123456789ab</code>' in page
    assert "2025-11-22 21:30" in page
    assert "calls.jsonl:7 This is not JSON (en)" in page


def test_every_element_is_closed_and_every_id_is_unique(page: str) -> None:
    outline = Outline(page)
    assert outline.open == []
    ids = Counter(found["id"] for _, found in outline.elements if "id" in found)
    assert [one for one, count in ids.items() if count > 1] == []


def test_every_reference_has_its_target(page: str) -> None:
    elements = Outline(page).elements
    ids = {found["id"] for _, found in elements if "id" in found}
    for _, found in elements:
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "data-note"):
            assert set((found.get(name) or "").split()) <= ids
        href = found.get("href") or ""
        if href.startswith("#") and "=" not in href:
            assert href[1:] in ids


def test_the_page_needs_nothing_from_outside(page: str) -> None:
    for _, found in Outline(page).elements:
        for address in filter(None, (found.get("src"), found.get("href"))):
            assert address.startswith("#") or address == "data:,"
    assert re.search(r"url\((?!#)|@import|//[a-z]", re.sub(r"(?m)^\s*// .*$", "", page)) is None


def test_only_our_own_style_and_script_may_run(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1] or "default-src 'none'" in policy[1]
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        hashed = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{hashed}'" in policy[1]
    assert not any("style" in found for _, found in Outline(page).elements)


def test_the_quoted_words_are_marked_and_pinned_to_their_note(page: str) -> None:
    outline = Outline(page)
    assert '<mark class="missed" data-n="2">应该</mark>' in page
    (pin,) = [found for found in outline.all("a", "pin") if "missed" in str(found["class"])]
    assert (pin["href"], pin["aria-describedby"]) == ("#n1-2", "n1-2")
    assert pin["aria-label"] == "×2 Missed HW-3.12"
    (note,) = [found for found in outline.all("li", "missed") if found.get("id") == "n1-2"]
    assert note["data-clause"] == "HW-3.12"
    assert "why HW-3.12" in page
    assert "No forbidden words." in page


def test_a_finding_without_a_turn_stands_at_the_head(page: str) -> None:
    loose = page[page.index('class="loose"') : page.index('class="turns"')]
    assert "HW-3.5" in loose
    assert "Repeat the main points." in loose


def test_what_does_not_apply_is_folded_away(page: str) -> None:
    folded = page[page.index('<div class="notes">') :]
    folded = folded[folded.index("<details><summary>") : folded.index("</details>")]
    assert "– Not applicable 1" in folded
    assert "open" not in folded


def test_another_standard_that_judged_is_noted(page: str) -> None:
    note = "The record asks for the standard “gas”, which is not installed; “centre” judged it."
    assert page.count(note) == 1


@pytest.mark.parametrize(
    ("source", "line", "shown"),
    [
        ("/home/li/june/a.jsonl", 3, "a.jsonl:3"),
        ("C:\\calls\\a.txt", 0, "a.txt"),
        ("", 0, ""),
    ],
)
def test_a_report_names_the_file_and_not_its_folders(
    build: Build, source: str, line: int, shown: str
) -> None:
    one = build()
    one = replace(one, conversation=replace(one.conversation, source=source, line=line))
    found = re.findall(r'class="source"><bdi>(.*?)</bdi>', page_of([one]))
    assert found == ([shown] if shown else [])


def test_the_worst_clause_leads_to_its_conversations(page: str) -> None:
    hrefs = {found.get("href") for found in Outline(page).all("a")}
    assert "#clause=HW-3.12&outcome=missed" in hrefs
    assert "#score=30" in hrefs


def test_the_comparison_with_labels_is_shown(build: Build, judge: Judge) -> None:
    verdicts = (judge("CC-1", "met", 0),)
    truth = compare([([Label("CC-1", "met", 0)], verdicts)])
    text = page_of([build(verdicts=verdicts)], truth=lambda: truth)
    assert "Agreement with the labels" in text
    assert '<th scope="row">CC-1</th><td>1/1</td>' in text


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_page_is_in_the_readers_language(build: Build, judge: Judge, language: str) -> None:
    text = page_of([build(verdicts=(judge("CC-1", "met", 0, "您好"),))], language=language)
    assert f'<html lang="{language}">' in text
    assert ("why CC-1" if language == "en" else "CC-1 的理由") in text


def test_hostile_text_is_only_ever_text(build: Build, judge: Judge, hostile: str) -> None:
    verdicts = (
        judge(f'"{hostile}', "missed", 0, hostile),
        judge(f"'{hostile}", "undecided", 0, hostile),
        judge(f'"><{hostile}', "suspect"),
    )
    one = build(hostile, texts=(hostile, ""), verdicts=verdicts, asked_for=hostile, standard='x"y')
    text = page_of([one], title=hostile)
    outline = Outline(text)
    assert outline.open == []
    assert [kind for kind, _ in outline.elements].count("script") == 1
    assert not any(sign in text for sign in "\x00\x1b\ud800\r")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;␀␛[31m" in text


def test_a_very_long_turn_is_shown_whole(build: Build, judge: Judge) -> None:
    long = "这个要看情况" * 1700
    text = page_of([build(texts=(long,), verdicts=(judge("CC-1", "missed", 0, long[30:]),))])
    assert re.sub(r"<[^>]+>", "", text).count(long[30:]) == 1


def test_nothing_inspected_makes_a_proper_page_that_says_so(problems: Any) -> None:
    text = page_of([], problems=problems)
    assert Outline(text).open == []
    assert "Nothing was inspected: there was no conversation to read." in text
    assert "calls.jsonl:7" in text


def test_conversations_are_taken_one_at_a_time_and_problems_after_them(
    build: Build, problems: list[Any]
) -> None:
    found: list[Any] = []

    def passing() -> Iterator[InspectedConversation]:
        for number in range(3):
            yield build(str(number))
        found.extend(problems)

    text = page_of(passing(), problems=found)
    assert len(Outline(text).all("article")) == 3
    assert "calls.jsonl:7" in text


def test_the_same_conversations_make_the_same_page(cast: list[InspectedConversation]) -> None:
    assert page_of(cast) == page_of(cast)
