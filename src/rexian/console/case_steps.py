"""The timeline of a case: every step in a sentence, with unit, person, words and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rexian.cases.domain.helping import STATE_NAMES
from rexian.cases.queries import CasePage, FileShown, StepShown
from rexian.console.case_flow import clock_title
from rexian.console.cases import ALERTS, CLASSES, FINDINGS
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.instants import local_text
from rexian.look.shapes import Fact, Tone

_CLOCK = {
    "warn": mark("{clock} is soon due."),
    "breach": mark("{clock} has run out."),
    "press": mark("{clock}: pressed for it (催办)."),
    "supervise": mark("{clock}: under supervision (督办)."),
    "escalate": mark("{clock}: escalated one level up (提级)."),
    "circulate": mark("{clock}: told to the whole house (通报)."),
}
_RECKONED = {
    "calendar": mark("{clock} was reckoned by the new hours of the hotline."),
    "holidays": mark("{clock} was reckoned again: the public holidays are published."),
}
_KINDS = {
    "taken": mark("The case was taken."),
    "merged into": mark("It goes on as {case}."),
    "merged from": mark("{case} was merged into this one."),
    "joined parent": mark("It became part of the event {case}."),
    "joined": mark("It stands by itself again."),
    "split into": mark("Another matter was taken out of it: {case}."),
    "rated": mark("The customer said how it went."),
}
_HELP = {
    "notified": mark("{name} was called in."),
    "answered": mark("{name} was heard from."),
    "unanswered": mark("A call for help is not taken in time."),
    "photos": mark("Pictures came from {name}."),
}
_TONES = {
    "return": Tone.CAUTION, "void": Tone.CAUTION, "withdraw": Tone.CAUTION, "reopen": Tone.CAUTION,
    "press": Tone.CAUTION, "escalate": Tone.CAUTION, "answer": Tone.GOOD, "resolve": Tone.GOOD,
    "confirm": Tone.GOOD, "close": Tone.GOOD,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the page shows it; ``words`` are what people wrote, by how it is called."""

    seq: int
    at: datetime
    at_text: str
    sentence: str
    who: str
    unit: str
    tone: str
    round: int
    facts: tuple[Fact, ...]
    words: tuple[tuple[str, str], ...]
    files: tuple[FileShown, ...]


def subjects_of(page: CasePage) -> Iterator[str]:
    """Yield the codes of the people and units that the steps name."""
    for one in page.steps:
        people = (one.person, *(one.data.get(name) for name in _PEOPLE))
        yield from (f"person:{number}" for number in people if number)
        units = (one.from_unit, one.to_unit, one.data.get("unit"))
        yield from (f"unit:{number}" for number in units if number)


def step_lines(page: CasePage, names: Mapping[str, str], zone: str) -> list[StepLine]:
    """Return the steps of a case, the newest first; what a clock did stands where it was due."""
    ordered = sorted(page.steps, key=lambda one: (one.at, one.seq), reverse=True)
    return [_line(one, page, names, zone) for one in ordered]


_PEOPLE = ("person", "asked_by", "approved_by")


def _line(one: StepShown, page: CasePage, names: Mapping[str, str], zone: str) -> StepLine:
    moved = one.to_unit is not None and one.from_unit not in (None, one.to_unit)
    unit = one.from_unit if moved else one.to_unit
    return StepLine(
        one.seq,
        one.at,
        local_text(one.at, zone),
        _sentence(one, page, names),
        _who(one, names),
        names.get(f"unit:{unit}", ""),
        _tone(one).value,
        one.round,
        tuple(_facts(one, names, zone)),
        tuple((translated(label), text) for label, text in _words(one) if text),
        tuple(file for file in page.files if file.step == one.seq),
    )


def _sentence(one: StepShown, page: CasePage, names: Mapping[str, str]) -> str:
    if one.kind == "clock":
        clock = clock_title(page.flow, str(one.data.get("clock", "")))
        told = _CLOCK.get(one.effect) or _RECKONED.get(str(one.data.get("why")), mark("{clock}."))
        return translated(told, clock=clock)
    if one.kind in {"taken", "merged", "joined", "split", "rated"}:
        return _brought_together(one, names)
    if one.kind in _HELP:
        return _help_sentence(one)
    spec = page.flow.moves.get(one.move)
    move = text_in(spec.title, current_language()) if spec else one.move
    if one.kind == "asked":
        return translated(mark("Asked for approval: {move}."), move=move)
    if one.kind == "refused":
        return translated(mark("Not approved: {move}."), move=move)
    if one.to_unit is not None and one.from_unit not in (None, one.to_unit):
        unit = names.get(f"unit:{one.to_unit}", "")
        return translated(mark("{move}, to {unit}."), move=move, unit=unit)
    return translated(mark("{move}."), move=move)


def _help_sentence(one: StepShown) -> str:
    """Return what became of somebody who was called in."""
    name = str(one.data.get("name", ""))
    if one.kind == "answered":
        return f"{name}：{translated(STATE_NAMES.get(one.effect, one.effect))}"
    return translated(_HELP[one.kind], name=name)


def _brought_together(one: StepShown, names: Mapping[str, str]) -> str:
    """Return how a case was taken, or brought together with another one."""
    for name in ("into", "from", "parent"):
        if one.data.get(name) and f"{one.kind} {name}" in _KINDS:
            other = names.get(f"case:{one.data[name]}", translated(mark("another case")))
            return translated(_KINDS[f"{one.kind} {name}"], case=other)
    return translated(_KINDS.get(one.kind, mark("The case was taken.")))


def cases_of(page: CasePage) -> Iterator[tuple[str, int]]:
    """Yield the cases that the steps name, each with what it is to this one."""
    for one in page.steps:
        for name in ("into", "from", "parent"):
            if one.kind in {"merged", "joined", "split"} and one.data.get(name):
                yield f"{one.kind} {name}", int(one.data[name])


def _who(one: StepShown, names: Mapping[str, str]) -> str:
    if one.person is not None:
        return names.get(f"person:{one.person}", "")
    return translated(mark("Customer") if one.part == "customer" else mark("the system"))


def _tone(one: StepShown) -> Tone:
    if one.kind == "clock":
        return ALERTS[one.effect][1] if one.effect in ALERTS else Tone.QUIET
    return _TONES.get(one.effect, Tone.QUIET) if one.kind == "move" else Tone.QUIET


def _facts(one: StepShown, names: Mapping[str, str], zone: str) -> Iterator[Fact]:
    data = one.data
    if one.effect == "assist" and data.get("unit"):
        yield Fact(mark("Assisting unit"), names.get(f"unit:{data['unit']}", ""))
    if data.get("person"):
        yield Fact(mark("Person"), names.get(f"person:{data['person']}", ""))
    if data.get("due_at"):
        yield Fact(mark("Until when"), local_text(datetime.fromisoformat(data["due_at"]), zone))
    if data.get("finding"):
        yield Fact(mark("Finding of the investigation"), translated(FINDINGS[data["finding"]]))
    if data.get("responsible") is not None:
        word = mark("responsible") if data["responsible"] else mark("not responsible")
        yield Fact(mark("Is the unit responsible"), translated(word))
    if data.get("case_class"):
        word = CLASSES.get(data["case_class"], data["case_class"])
        yield Fact(mark("Class of the case"), translated(word))
    if data.get("approved_by"):
        yield Fact(mark("Approved by"), names.get(f"person:{data['approved_by']}", ""))


def _words(one: StepShown) -> tuple[tuple[str, str], ...]:
    return (
        (mark("Why"), one.reason),
        (mark("In words"), one.text),
        (mark("Remark"), str(one.data.get("approved_with", ""))),
    )
