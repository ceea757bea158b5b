"""What the page of a case says by itself: where it stands, what happens next, what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rexian.cases.queries.public import STAGES, PublicCase, PublicFile, PublicStep
from rexian.kernel.language import mark, text_in
from rexian.look.environment import translated
from rexian.look.instants import local_text
from rexian.portal.doors import Followed
from rexian.portal.hours import said

STAGE_NAMES: Mapping[str, str] = {
    "taken": mark("We have it"),
    "in-hand": mark("In hand"),
    "answered": mark("Answered"),
    "settled": mark("Settled"),
}
_KINDS: Mapping[str, str] = {
    "taken": mark("We have your request."),
    "move": mark("You wrote to us."),
    "merged": mark("Your request goes on together with another one about the same matter."),
    "rated": mark("You told us how it went."),
}
_SATISFIED = {
    1: mark("very dissatisfied"),
    2: mark("dissatisfied"),
    3: mark("neither nor"),
    4: mark("satisfied"),
    5: mark("very satisfied"),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the drawing: been there, there now, or still to come."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step as the page tells it."""

    at: str
    sentence: str
    text: str
    is_theirs: bool
    files: tuple[PublicFile, ...]


def stages_of(case: PublicCase) -> tuple[Stage, ...]:
    """Return the way of the case as a drawing has it."""
    here = STAGES.index(case.where.stage)
    return tuple(
        Stage(STAGE_NAMES[one], "been" if n < here else "here" if n == here else "ahead")
        for n, one in enumerate(STAGES)
    )


def standing_of(place: Followed) -> str:
    """Return in a word or two where the case stands."""
    where = place.case.where
    told = text_in(where.words, place.language)
    return told or translated(STAGE_NAMES[where.stage])


def next_of(place: Followed) -> tuple[str, ...]:
    """Return in sentences what happens next, and by when."""
    return tuple(_next(place, place.case))


def rating_of(case: PublicCase) -> str:
    """Return what the customer has said of it, nothing where they have not."""
    if case.solved is None or case.satisfied is None:
        return ""
    solved = mark("solved") if case.solved else mark("not solved")
    return "，".join((translated(solved), translated(_SATISFIED[case.satisfied])))


def latest_word(steps: tuple[StepTold, ...]) -> StepTold | None:
    """Return what the customer was told last, in the order of ``steps_of``."""
    return next((one for one in steps if one.text and not one.is_theirs), None)


def steps_of(place: Followed) -> tuple[StepTold, ...]:
    """Return the way so far, the latest first."""
    zone = place.hotline.time_zone
    told = [_told(one, place.language, zone) for one in place.case.steps]
    return tuple(reversed(told))


def _next(place: Followed, case: PublicCase) -> Iterator[str]:
    where = case.where
    if where.stage == "settled":
        return
    if where.standing == "waiting":
        yield translated(
            mark("We need something from you or from somebody else before we can go on.")
        )
        if "add" in case.acts:
            yield translated(mark("Whatever we asked you for, add it below."))
        return
    if where.stage == "answered":
        if case.may_rate and not case.is_merged:
            yield translated(mark("Please tell us below whether it is solved."))
        if where.standing == "resolved":
            yield translated(mark("We may also ring you at {number} and ask."), number=case.number)
        return
    yield from _heard_by(place, case)


def _heard_by(place: Followed, case: PublicCase) -> Iterator[str]:
    due_at = case.where.due_at
    if not case.wants_answer:
        yield translated(mark("You wanted no answer; here you can see how it stands."))
    elif due_at is None:
        yield translated(
            mark("We will ring you at {number} as soon as there is something to tell."),
            number=case.number,
        )
    elif case.where.is_late:
        yield translated(
            mark("We wanted to answer you by {time} and are late. Those in charge know of it."),
            time=local_text(due_at, place.hotline.time_zone),
        )
    else:
        due = due_at.astimezone(ZoneInfo(place.hotline.time_zone))
        yield translated(
            mark("You will have our answer {when} at the latest, by a call to {number}."),
            when=said(due, place.at, place.language),
            number=case.number,
        )


def _told(step: PublicStep, language: str, zone: str) -> StepTold:
    words = text_in(step.words, language) or translated(_KINDS[step.kind])
    return StepTold(local_text(step.at, zone), words, step.text, step.is_theirs, step.files)
