"""Replays as pages show them: where they stand, what became what, in which conversations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from rexian.clockwork.domain.work import State
from rexian.clockwork.queries import progress
from rexian.console.replay_files import conversation_name, steps_of
from rexian.console.telling import instant, who
from rexian.dialogue.domain.replays import NOTHING, Change, ReplayState
from rexian.dialogue.queries.replays import ReplayedShown, ReplayShown
from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.requests import PageRequest
from rexian.look.shapes import Column, Fact, Tone
from rexian.reports.inspection.figures import score
from rexian.reports.inspection.replay_words import outcome_of
from rexian.reports.inspection.tallies import clause_order
from rexian.standard.queries.drafts import draft

LIST = (
    Column(title=mark("Tried")),
    Column(title=mark("Days")),
    Column(title=mark("State")),
    Column(title=mark("Conversations"), numeric=True),
    Column(title=mark("Changed"), numeric=True),
    Column(title=mark("Started")),
)
STEPS = (
    Column(title=mark("Clause")),
    Column(title=mark("Before")),
    Column(title=mark("After")),
    Column(title=mark("Times"), numeric=True),
)
STATES: Mapping[ReplayState, tuple[str, Tone]] = {
    ReplayState.WAITING: (mark("waiting"), Tone.INFO),
    ReplayState.RUNNING: (mark("under way"), Tone.INFO),
    ReplayState.DONE: (mark("through"), Tone.GOOD),
    ReplayState.CANCELLED: (mark("stopped"), Tone.CAUTION),
}


@dataclass(frozen=True, slots=True)
class ReplayLine:
    """A replay as a list shows it."""

    shown: ReplayShown
    title: str
    href: str
    days: str
    state: tuple[str, Tone]
    started_at: str
    started_by: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What became what in a conversation: words said, and each side's reason."""

    clause: str
    before: str
    after: str
    before_kind: str
    after_kind: str
    quote: str
    why_before: str
    why_after: str


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """A conversation that changes, with its page."""

    name: str
    href: str
    before: str
    after: str
    up: bool
    changes: tuple[ChangeLine, ...]


def replay_line(shown: ReplayShown, request: PageRequest) -> ReplayLine:
    """Return a replay as a list shows it."""
    names = who([shown.started_by], request)
    return ReplayLine(
        shown,
        title_of(shown.title, draft=shown.draft, revision=shown.revision),
        reverse("console:replay", args=(shown.id,)),
        days_of(shown),
        STATES[shown.state],
        instant(shown.started_at, request.person.time_zone),
        names.get(shown.started_by, ""),
    )


def title_of(title: Mapping[str, str], *, draft: int | None, revision: int | None) -> str:
    """Return what is tried: a version by its name, a draft with its revision."""
    name = text_in(title, current_language())
    if draft is None:
        return name
    if revision is None:
        return translated(mark("{title} (draft)"), title=name)
    return translated(mark("{title} (draft, revision {revision})"), title=name, revision=revision)


def days_of(shown: ReplayShown) -> str:
    """Return the first and the last day."""
    return f"{shown.since.isoformat()} – {shown.until.isoformat()}"


def about(shown: ReplayShown, request: PageRequest) -> dict[str, Any]:
    """Return what a replay is about: facts, the page of what was tried, whether it has changed."""
    line = replay_line(shown, request)
    facts = [
        Fact(translated(mark("Days")), line.days),
        Fact(translated(mark("Conversations judged by")), shown.standard),
        Fact(translated(mark("Started")), f"{line.started_at} {line.started_by}".strip()),
    ]
    if shown.finished_at:
        finished = instant(shown.finished_at, request.person.time_zone)
        facts.append(Fact(translated(mark("Ended")), finished))
    newer, again = _newer_revision(shown, request), _again(shown, request)
    return {"facts": facts, "newer": newer, "again": again}


def progress_of(shown: ReplayShown) -> dict[str, Any]:
    """Return the values of the part that shows how a replay stands."""
    return {
        "replay": shown,
        "state": STATES[shown.state],
        "is_parked": _is_parked(shown),
        "mean_before": score(shown.mean_before),
        "mean_after": score(shown.mean_after),
        "steps": steps_of(shown, current_language()),
        "step_columns": STEPS,
    }


def clauses_of(shown: ReplayShown) -> Iterator[str]:
    """Yield the clauses that change, in their order."""
    yield from sorted(shown.tally, key=clause_order)


def conversation_line(one: ReplayedShown, language: str) -> ConversationLine:
    """Return a conversation with what changes in it."""
    if one.contact is not None:
        href = reverse("console:contact", args=(one.contact,))
    else:
        href = reverse("console:conversation", args=(one.batch, one.position))
    return ConversationLine(
        conversation_name(one, language),
        href,
        score(one.before),
        score(one.after),
        (one.after or 0) > (one.before or 0),
        tuple(_change(each, language) for each in one.changes),
    )


def _change(one: Change, language: str) -> ChangeLine:
    before, after = one.before, one.after
    return ChangeLine(
        one.clause,
        outcome_of(before.outcome, language),
        outcome_of(after.outcome, language),
        "" if before.outcome == NOTHING else before.outcome,
        "" if after.outcome == NOTHING else after.outcome,
        after.quote or before.quote,
        text_in(before.why, language),
        text_in(after.why, language),
    )


def _newer_revision(shown: ReplayShown, request: PageRequest) -> int | None:
    """Return the revision at which the draft is now, if it has changed since."""
    now = _revision_now(shown, request)
    return now if now != shown.revision else None


def _revision_now(shown: ReplayShown, request: PageRequest) -> int | None:
    """Return the revision at which the draft is, ``None`` where it is gone or none was tried."""
    if shown.draft is None:
        return None
    try:
        return draft(shown.draft, actor=request.actor).line.revision
    except (NotFound, RightMissing):
        return None


def _again(shown: ReplayShown, request: PageRequest) -> str:
    """Return the address that asks for another replay of the same, none where that is gone."""
    if shown.draft is not None and _revision_now(shown, request) is None:
        return ""
    what = f"draft={shown.draft}" if shown.draft is not None else f"version={shown.version}"
    return f"{reverse('console:new-replay')}?{what}"


def _is_parked(shown: ReplayShown) -> bool:
    """Tell whether the work has failed for good, until somebody looks at it."""
    job = progress(shown.job) if shown.job and shown.is_unfinished else None
    return job is not None and job.state is State.PARKED
