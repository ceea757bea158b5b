"""What a pack says of cases is checked where it stands, each fault with its element."""

from __future__ import annotations

from pathlib import Path

import pytest

from rexian.standard.domain import load
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.queries import Severity, lint

SOUND = """
clauses:
  - {id: X-1, text: {zh: 转办。, en: Pass on.}}
  - {id: X-2, text: {zh: 三天。, en: Three days.}}
  - {id: X-3, text: {zh: 回访。, en: Call back.}}
  - {id: X-4, text: {zh: 八成。, en: Four fifths.}}
tiers:
  - {id: shop, title: {zh: 店, en: shop}, names: [店]}
forms:
  - {id: slip, title: {zh: 单, en: slip}, fields: [{id: a, label: {zh: 甲, en: a}}]}
callbacks:
  - {id: call, clause: X-3, title: {zh: 回访, en: call}, windows: '09:00-12:00', form: slip}
targets:
  - {id: rate, clause: X-4, title: {zh: 率, en: rate}, figure: rate, at_least: 0.8}
taxonomy:
  - {id: road, name: {zh: 路, en: road}, form: slip, flow: plain, clause: X-1}
flows:
  - id: base
    abstract: true
    title: {zh: 基础, en: base}
    states:
      - {id: taken, title: {zh: 受理, en: taken}}
      - {id: waiting, is: waiting, title: {zh: 停, en: waiting}}
      - {id: done, is: resolved, title: {zh: 办结, en: done}}
      - {id: closed, is: closed, title: {zh: 归档, en: closed}}
    moves:
      - {id: send, does: forward, title: {zh: 转, en: send}, by: [agent], key: f, to_tier: [shop]}
      - {id: pause, does: pause, title: {zh: 停, en: pause}, by: [agent], from: taken, to: waiting}
      - {id: resume, does: resume, title: {zh: 续, en: go}, by: [agent], from: waiting, to: taken}
      - {id: do, does: resolve, title: {zh: 办, en: do}, by: [agent], from: taken, to: done, key: d}
      - {id: confirm, does: confirm, title: {zh: 认, en: a}, by: [callback], from: done, to: closed}
      - {id: reopen, does: reopen, title: {zh: 重, en: b}, by: [callback], from: done, to: taken}
      - {id: unreached, does: close, title: {zh: 未, en: c}, by: [machine], from: done, to: closed}
      - {id: not-drawn, does: close, title: {zh: 免, en: d}, by: [machine], from: done, to: closed}
  - id: plain
    like: base
    clause: X-1
    title: {zh: 流程, en: flow}
    case_types: [help]
    sources: [contact]
    classes: [simple, complex]
    first: taken
    form: slip
    callback: call
    clocks:
      - id: answer
        clause: X-2
        title: {zh: 时限, en: time}
        starts: [taken]
        stops: [do]
        by_class: {simple: 2h, complex: D+3}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return the folder of a pack without files."""
    folder = tmp_path / "mine"
    folder.mkdir()
    head = "name: mine\nversion: 1.0.0\ntitle: {zh: 我的, en: Mine}\n"
    (folder / "pack.yaml").write_text(head, "utf-8")
    return folder


def test_a_pack_of_cases_is_sound_and_its_clauses_need_nothing_else(pack: Path) -> None:
    (pack / "all.yaml").write_text(SOUND, "utf-8")
    assert lint(pack) == ()
    assert load(pack).casework.flows["plain"].clauses() == ("X-1", "X-2")


WRONG = [
    ("like: base", "like: bass", "plain", "no flow 'bass'; did you mean 'base'?"),
    ("abstract: true", "abstract: true\n    like: base", "base", "like itself"),
    ("first: taken", "first: token", "plain", "first state 'token' is none"),
    ("from: taken, to: done", "from: token, to: done", "plain", "state 'token'; did you mean"),
    ("from: taken, to: waiting", "from: taken", "plain", "lead to a state that is waiting"),
    ("from: taken, to: waiting", "from: taken, to: done", "plain", "that is waiting"),
    ("from: done, to: taken}", "from: done}", "plain", "does not say to which state"),
    ("by: [agent], key: f", "by: [], key: f", "plain", "nobody makes the move 'send'"),
    ("key: f", "key: f, after: [sent]", "plain", "names a move 'sent'; did you mean 'send'?"),
    ("key: f", "key: f, not_by: [sent]", "plain", "names a move 'sent'"),
    ("key: f", "key: f, form: slap", "plain", "no form 'slap'; did you mean 'slip'?"),
    ("key: f", "key: d", "plain", "have the same key 'd'"),
    ("to_tier: [shop]", "to_tier: [ship]", "plain", "no tier 'ship'; did you mean 'shop'?"),
    ("key: f", "key: f, needs: [money]", "base", "one of reason, text"),
    ("does: forward", "does: send", "base", "one of forward, sign"),
    ("by: [agent], key: f", "by: [anybody], key: f", "base", "one of agent, taker"),
    ("is: waiting", "is: asleep", "base", "one of open, waiting"),
    ("starts: [taken]", "starts: [token]", "plain", "waits for a move 'token'"),
    ("stops: [do]", "stops: [done]", "plain", "waits for a move 'done'"),
    ("simple: 2h, complex: D+3", "simpel: 2h", "plain", "a class 'simpel'"),
    ("by_class: {simple: 2h, complex: D+3}", "warn: 1h", "plain", "needs within, by_class"),
    ("complex: D+3", "complex: D+", "plain", "a span is 30min, 2h, D+1"),
    ("sources: [contact]", "sources: [letter]", "plain", "one of contact, portal"),
    ("form: slip\n    callback", "form: slap\n    callback", "plain", "no form 'slap'"),
    ("callback: call\n", "callback: cull\n", "plain", "no callback 'cull'; did you mean 'call'?"),
    ("id: unreached", "id: missed", "plain", "called back, and has no move 'unreached'"),
    ("id: confirm,", "id: thank,", "plain", "called back, and has no move 'confirm'"),
    ("from: taken, to: done", "from: done, to: done", "plain", "nothing leads to the state 'done'"),
    ("is: closed, ", "", "plain", "no state is the end"),
    ("by: [agent], from: waiting, to: taken", "by: [agent], from: waiting, to: waiting", "plain",
     "no way leads from the state 'waiting' to the end"),
    ("id: call, ", "id: call, share: 1.5, ", "call", "from 0 to 1"),
    ("id: call, ", "id: call, rounds: 0, ", "call", "from 1"),
    ("'09:00-12:00', form: slip", "'09:00-12:00', form: slap", "call", "no form 'slap'"),
    ("'09:00-12:00'", "'9-12'", "call", "a window is written 09:00-12:00"),
    ("'09:00-12:00'", "'12:00-09:00'", "call", "a window is written 09:00-12:00"),
    (", at_least: 0.8", "", "rate", "says at_least or at_most"),
    ("flow: plain", "flow: base", "road", "no flow 'base'"),
    ("clause: X-2", "clause: X-9", "plain", "no clause 'X-9'"),
    ("clause: X-3", "clause: X-9", "call", "no clause 'X-9'"),
    ("clause: X-4", "clause: X-9", "rate", "no clause 'X-9'"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "instead", "element", "reason"), WRONG)
def test_what_is_wrong_is_told_with_its_element_and_does_not_load(
    pack: Path, written: str, instead: str, element: str, reason: str
) -> None:
    assert written in SOUND
    (pack / "all.yaml").write_text(SOUND.replace(written, instead, 1), "utf-8")
    errors = [one for one in lint(pack) if one.severity is Severity.ERROR]
    told = [(one.rule, one.reason) for one in errors]
    assert any(rule == element and reason in said for rule, said in told), told
    assert all(one.place.file == "all.yaml" and one.place.line for one in errors)
    with pytest.raises(Fault):
        load(pack)


@pytest.mark.parametrize("start", ["04-31", "13-01", "April", "2026-04-01"])
def test_the_fiscal_year_begins_on_a_day_of_every_year(pack: Path, start: str) -> None:
    (pack / "all.yaml").write_text(SOUND, "utf-8")
    head = (pack / "pack.yaml").read_text("utf-8")
    parameter = (
        f"parameters:\n  fiscal_year_start: {{default: {start}, title: {{zh: 年, en: y}}}}\n"
    )
    (pack / "pack.yaml").write_text(head + parameter, "utf-8")
    (error,) = lint(pack)
    assert (error.rule, "a month and a day" in error.reason) == ("fiscal_year_start", True)
