"""A draft is a pack: it loads without errors, and judges nobody for what was not said when."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from rexian.standard.domain import Facts, inspect, load
from rexian.standard.domain.events import Event
from rexian.standard.domain.pack.documents import Written
from rexian.standard.domain.pack.findings import Severity
from rexian.standard.domain.pack.linting import lint
from rexian.standard.domain.pack.talk import lay_out
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.queries.written import draft_written
from tests.standard.drafting.papers import FERRY, LIBRARY, TAXI

ODD = (
    '规范 #1: "x" {y}\n'
    "1.应当说“您好：{name}，”或“[公司]# ${code}，请讲”。\n"
    "2.不得说“（你）自己|看^$”“……”“×××”。\n"
    "3.投诉须在XX小时内答复，满意率应达到 - 95%。\n"
    "4.no: yes，必须。\n"
)
"""Signs that mean something in YAML, in phrases, or in packs."""


@pytest.mark.parametrize(
    ("text", "base"),
    [(FERRY, "centre"), (LIBRARY, ""), (TAXI, ""), (ODD, "")],
    ids=["ferry", "library", "taxi", "odd"],
)
def test_a_draft_is_read_without_errors(text: str, base: str, tmp_path: Path) -> None:
    write(text, base, tmp_path)
    assert [str(one) for one in lint(tmp_path) if one.severity is Severity.ERROR] == []


def test_no_word_is_missed_where_the_document_does_not_say_when_it_is_due(tmp_path: Path) -> None:
    write(FERRY, "", tmp_path)
    talk = ["客服：哦，什么事？", "客户：我的航班取消了。", "客服：我知道，您改签吧。"]
    found = inspect(load(tmp_path), Facts(channel="phone", direction="in"), events(talk))
    missed = [one for one in found.verdicts if one.outcome is Outcome.MISSED]
    assert missed == []


def test_a_sentence_that_is_forbidden_is_missed_and_a_short_word_only_by_itself(
    tmp_path: Path,
) -> None:
    write(FERRY, "", tmp_path)
    talk = ["客服：应该是三点开船。", "客户：谁管退票？", "客服：这不归我管。"]
    found = inspect(load(tmp_path), Facts(channel="phone", direction="in"), events(talk))
    missed = [one.rule for one in found.verdicts if one.outcome is Outcome.MISSED]
    assert missed == ["ab-6-forbidden"]


def write(text: str, base: str, folder: Path) -> None:
    """Write the draft of a text into a folder."""
    draft = draft_written("a.txt", text.encode(), extends=[base] if base else [], prefix="AB")
    for name, content in draft.files.items():
        (folder / name).write_text(content, encoding="utf-8")


def events(talk: list[str]) -> tuple[Event, ...]:
    """Return the events of a conversation in a few lines."""
    return lay_out([Written(line) for line in talk])


def test_whatever_is_written_the_draft_can_be_loaded(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same documents each time
    lines = [*FERRY.splitlines(), *LIBRARY.splitlines(), *TAXI.splitlines()]
    for number in range(60):
        paper = [_spoilt(line, chance) for line in chance.sample(lines, 12)]
        folder = tmp_path / str(number)
        folder.mkdir()
        write("\n".join(["1. 应当问候。", *paper]), "", folder)
        assert [str(one) for one in lint(folder) if one.severity is Severity.ERROR] == []


def _spoilt(line: str, chance: random.Random) -> str:
    """Return a line with another number before it, and signs strewn in."""
    line = chance.choice(["", "", "1.", "（一）", "第三条　", "3.1 ", "①", "• "]) + line
    for _ in range(chance.randrange(4)):
        place = chance.randrange(len(line) + 1)
        line = line[:place] + chance.choice("“”「」：，、#${}[]|^…×*\"' -19") + line[place:]
    return line
