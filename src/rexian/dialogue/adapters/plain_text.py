"""Read plain text: `客服:` and `客户:` at the beginning of lines, under headings or without."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rexian.dialogue.adapters.found import Found, Roles
from rexian.dialogue.adapters.streams import TextSource
from rexian.dialogue.domain.records import conversation_of
from rexian.dialogue.domain.speakers import Speakers, is_a_placeholder, speakers_with
from rexian.dialogue.domain.unreadable import BrokenRecord, Reason, Unreadable
from rexian.standard.domain.events import Speaker

_HEADING = re.compile(r"#{1,6}\s+(?P<marked>\S.*)|={3,}\s*(?P<ruled>[^=\s].*?)\s*={3,}")

_CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_TIME = rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}[\sT]+)?{_CLOCK}"
_SPAN = (
    rf"[\[(（【<]?\s*(?P<start>{_TIME})(?:\s*(?:-->|[-~–—至到])\s*(?P<end>{_TIME}))?\s*[\])）】>]?"
)
_STAMP = re.compile(rf"{_SPAN}\s*")
_SPEAKER = (
    re.compile(rf"(?P<name>[^:：]{{1,30}}?)\s*{_SPAN}\s*(?:[:：]\s*|(?P<alone>$))"),
    re.compile(r"[\[【](?P<name>[^\]】]{1,20})[\]】]\s*[:：]?\s*"),
    re.compile(r"(?P<name>[^:：]{1,40}?)\s*[:：]\s*"),
)
_NAME = re.compile(r"(?P<name>[^\W\d_][\w ()（）·.-]{0,15}?)\s*[:：]")

# A speaker is named at the beginning of a line, and a line may be of any length.
_OPENING = 160


class _Utterance(NamedTuple):
    """A line that begins a turn."""

    speaker: str
    text: str
    start: str | None
    end: str | None


@dataclass(slots=True)
class _Draft:
    """A conversation while its lines come in; ``headed`` by ``name``, or named after its file."""

    name: str
    line: int
    headed: bool
    turns: list[dict[str, Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    strangers: Counter[str] = field(default_factory=Counter)
    problem: Unreadable | None = None


def read(source: TextSource, name: str, roles: Roles = ()) -> Iterator[Found | Unreadable]:
    """Yield the conversations of ``source``; raises ``Broken`` where it is no text.

    A conversation begins with a heading, `# id` or `=== id ===`, after a blank line or at the
    top; lines without a speaker go on with the turn above. Times, where lines begin with them,
    are kept; where they do not, none are made up.
    """
    speakers = speakers_with(roles)
    draft, after_blank = _Draft(name, 1, headed=False), True
    for number, raw in source.texts():
        line = raw.strip()
        heading = _HEADING.fullmatch(line) if after_blank else None
        if heading is not None:
            yield from _finished(draft, source.name, speakers)
            title = heading["marked"] or heading["ruled"]
            draft = _Draft(title.rstrip("# "), number, headed=True)
        elif line and draft.problem is None:
            _hear(draft, line, number, source.name, speakers)
        after_blank = not line or heading is not None
    yield from _finished(draft, source.name, speakers)


def _hear(draft: _Draft, line: str, number: int, source: str, speakers: Speakers) -> None:
    """Take in a line that is not blank: a new turn, or more of the one before."""
    said = _utterance(line, speakers)
    stranger = _NAME.match(line, 0, _OPENING)
    if said is not None:
        draft.turns.append(said._asdict())
        draft.lines.append(number)
    elif stranger is not None and (not draft.turns or is_a_placeholder(stranger["name"])):
        draft.problem = _unknown(stranger["name"]).at(source, number)
    elif not draft.turns:
        draft.problem = BrokenRecord(Reason.NOBODY_SPEAKS).at(source, number)
    else:
        text = draft.turns[-1]["text"]
        draft.turns[-1]["text"] = f"{text}\n{line}" if text else line
        if stranger is not None:
            draft.strangers[stranger["name"]] += 1


def _utterance(line: str, speakers: Speakers) -> _Utterance | None:
    stamp = _STAMP.match(line, 0, _OPENING)
    times = stamp.groupdict() if stamp else {}
    rest = line[stamp.end() :] if stamp else line
    for pattern in _SPEAKER:
        match = pattern.match(rest, 0, _OPENING)
        if match is not None and speakers.recognise(match["name"]) is not None:
            found = times | {name: value for name, value in match.groupdict().items() if value}
            return _Utterance(
                found["name"], rest[match.end() :], found.get("start"), found.get("end")
            )
    return None


def _finished(draft: _Draft, source: str, speakers: Speakers) -> Iterator[Found | Unreadable]:
    if draft.problem is not None:
        yield draft.problem
    elif draft.turns or draft.headed:
        yield _conversation(draft, source, speakers)


def _conversation(draft: _Draft, source: str, speakers: Speakers) -> Found | Unreadable:
    record = {"id": draft.name, "turns": draft.turns}
    try:
        conversation = conversation_of(
            record, speakers, name=draft.name, source=source, line=draft.line
        )
        _require_both_sides(draft, {turn.speaker for turn in conversation.turns})
    except BrokenRecord as error:
        line = draft.line if error.turn is None else draft.lines[error.turn]
        return error.at(source, line)
    return Found(source, draft.line, draft.name, conversation)


def _require_both_sides(draft: _Draft, heard: set[Speaker]) -> None:
    """Refuse words under one side's name that may be the other's.

    What follows an unknown name counts as more of the turn above; where a name begins several
    lines and one side of the contact is never heard, it is that side.
    """
    name, times = next(iter(draft.strangers.most_common(1)), ("", 0))
    if times > 1 and not {Speaker.AGENT, Speaker.CUSTOMER} <= heard:
        raise _unknown(name)


def _unknown(name: str) -> BrokenRecord:
    return BrokenRecord(Reason.UNKNOWN_SPEAKER, name=name.strip())
