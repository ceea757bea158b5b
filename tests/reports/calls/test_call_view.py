"""The view of one call: what stands where, and that nothing said in it can break out."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from rexian.reports.calls import CallFinding, Sound, call_view
from rexian.speech.domain.heard import HeardCall, HeardTurn, Silence, Word
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.verdicts import Outcome
from tests.reports.calls.made import TURNS, conversation, heard, inspected_call, turn
from tests.reports.test_html import Outline

FINDINGS = (
    CallFinding(
        outcome=Outcome.MISSED,
        clause="HW-3.12",
        reason="said 不知道",
        quote="不知道",
        seconds=14.0,
        turn=2,
        words=("我帮您查一下",),
        id="f7",
        more=Markup("<form class=mine></form>"),
    ),
    CallFinding(outcome=Outcome.MET, clause="HW-3.14", reason="greeted", turn=0, words=("您好",)),
    CallFinding(outcome=Outcome.MISSED, clause="HW-3.6", reason="silent", seconds=20.0),
)


def view(call: HeardCall | None = None, **settings: Any) -> str:
    """Return the view of a call in English, with sound."""
    call = call or heard()
    given: dict[str, Any] = {"language": "en", "sound": Sound("calls/a.mp3")} | settings
    return call_view(call, conversation(call), FINDINGS if call.turns else (), **given)


@pytest.fixture(scope="module")
def page() -> str:
    return view()


def test_the_markup_is_whole_and_every_anchor_is_there_once(page: str) -> None:
    outline = Outline(page)
    assert outline.open == []
    ids = [given["id"] for _, given in outline.elements if "id" in given]
    assert len(ids) == len(set(ids))
    links = [str(one["href"])[1:] for one in outline.all("a") if str(one["href"]).startswith("#")]
    assert links
    assert set(links) <= set(ids)


def test_nothing_in_it_is_style_or_script_of_its_own(page: str) -> None:
    for _, given in Outline(page).elements:
        assert "style" not in given
        assert not [name for name in given if name.startswith("on")]
    assert "<script" not in page


def test_the_agent_is_above_whichever_channel_is_hers() -> None:
    call = heard()
    swapped = replace(
        call,
        roles=(Speaker.CUSTOMER, Speaker.AGENT),
        turns=tuple(replace(one, channel=1 - one.channel) for one in call.turns),
        peaks=call.peaks[::-1],
    )
    names = r'text class="(agent|customer)" x="100%"'
    assert (
        re.findall(names, view(swapped)) == re.findall(names, view(call)) == ["agent", "customer"]
    )


def test_a_call_of_forty_seconds_has_two_segments_and_tells_where_it_is_over(page: str) -> None:
    assert re.findall(r'data-start="(\d+)"', page) == ["0", "30"]
    assert 'class="over" x="33.33%"' in page


def test_words_lie_at_their_times_and_doubtful_ones_are_marked(page: str) -> None:
    greeting = TURNS[0].words[0]
    assert f'data-t="{greeting.start:.1f}"' in page
    assert re.search(r'<text class="w doubt"[^>]*>牌</text>', page)
    assert re.search(r'<span class="w doubt"[^>]*>牌</span>', page)


def test_words_that_an_engine_crowds_together_do_not_lie_on_each_other() -> None:
    crowded = turn(0, Speaker.AGENT, "您好", 6.0, 9.0)
    crowded = replace(crowded, words=(Word("您", 6.0, 6.0, 0.9), Word("好", 6.0, 9.0, 0.9)))
    lefts = re.findall(r'<text class="w" x="([\d.]+)%"', view(heard(turns=(crowded,))))
    assert float(lefts[1]) > float(lefts[0])


def test_a_finding_is_pinned_at_its_instant_and_in_its_words(page: str) -> None:
    flags = [
        given for tag, given in Outline(page).elements if tag == "svg" and "data-note" in given
    ]
    assert [(one["data-note"], one["data-at"]) for one in flags] == [
        ("n1-1", "6.00"),
        ("f7", "14.00"),
        ("l1-1", "20.00"),
    ]
    assert re.search(r'<mark class="missed"[^>]*>(<span[^>]*>.</span>){3}</mark>', page)


def test_words_that_were_right_stand_beside_a_fault_and_no_merit(page: str) -> None:
    assert "我帮您查一下" in page
    assert "<q>您好</q>" not in page


def test_the_page_around_it_adds_its_own_to_a_finding(page: str) -> None:
    finding = page[page.index('id="f7"') :]
    assert "<form class=mine></form>" in finding[: finding.index("</li>")]


def test_what_nobody_said_and_what_both_said_is_shown_and_explained(page: str) -> None:
    for kind in ("silence", "overlap", "ring"):
        assert f'class="band {kind}"' in page
    assert "12.5" in page
    legend = page[page.index('class="bands"') :]
    assert "both speak" in legend[: legend.index("</ul>")]


def test_without_sound_there_is_nothing_to_play_and_everything_to_read() -> None:
    silent = view(sound=None)
    assert "<audio" not in silent
    assert "data-play" not in silent
    assert "00:14" in silent


def test_a_call_in_which_nobody_speaks_says_so() -> None:
    quiet = view(heard(turns=()))
    assert "Nobody speaks in this recording" in quiet
    assert 'class="measures"' not in quiet


def test_a_call_that_nobody_read_says_so() -> None:
    unread = tuple(replace(one, words=()) for one in TURNS)
    assert "No words were read" in view(replace(heard(turns=unread), recogniser=""))


@pytest.mark.parametrize("bad", ["<script>x</script>", "</svg><img src=x onerror=y>", "\"' x="])
def test_nothing_that_is_said_or_named_breaks_out(bad: str) -> None:
    said = HeardTurn(0, Speaker.AGENT, 0, 1.0, 2.0, (Word(bad, 1.0, 2.0, 0.9),), 1.0)
    call = replace(heard(turns=(said,)), recogniser=bad)
    finding = CallFinding(
        outcome=Outcome.MISSED, clause=bad, reason=bad, asks=bad, quote=bad, turn=0, words=(bad,)
    )
    shown = call_view(
        call, conversation(call, bad), [finding], language="en", sound=Sound(f"{bad}.mp3")
    )
    outline = Outline(shown)
    assert outline.open == []
    assert {tag for tag, _ in outline.elements}.isdisjoint({"script", "img"})
    assert not [
        name for _, given in outline.elements for name in given if name in {"onerror", "x="}
    ]


def test_a_hold_that_sound_alone_tells_of_is_shown_as_one() -> None:
    held = replace(heard(), silences=(Silence(16.0, 28.5, Speaker.AGENT, held=True),))
    assert 'class="band held"' in view(held)


def test_a_call_comes_back_whole_from_another_process(tmp_path: Path) -> None:
    import pickle  # noqa: PLC0415 - as processes do

    call = inspected_call(tmp_path / "a.wav")
    assert pickle.loads(pickle.dumps(call)) == call  # noqa: S301 - our own
