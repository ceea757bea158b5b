"""Batches of recordings as the console shows them: their cost, how far they are, their calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils import timezone

from rexian.console.telling import instant
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.shapes import Column, Tone
from rexian.look.sorting import Sorting
from rexian.quality.queries.samples import blind_among
from rexian.reports.inspection.figures import minutes, percent, score
from rexian.speech.domain.batch_windows import Window
from rexian.speech.domain.batches import SPOILT, TO_HEAR, BatchState, CallState, Wants
from rexian.speech.domain.costs import Cost, Left
from rexian.speech.queries.batches import (
    BatchCall,
    CallWanted,
    RecordingBatchShown,
    can_listen,
    reads_somewhere,
    recording_batch,
)

STATES: Mapping[BatchState, tuple[str, Tone]] = {
    BatchState.TAKING_IN: (mark("being taken in"), Tone.INFO),
    BatchState.READY: (mark("ready to be heard"), Tone.CAUTION),
    BatchState.HEARING: (mark("being heard"), Tone.INFO),
    BatchState.DONE: (mark("heard"), Tone.GOOD),
    BatchState.STOPPED: (mark("stopped"), Tone.CAUTION),
}
CALL_STATES: Mapping[CallState, tuple[str, Tone]] = {
    CallState.WAITING: (mark("waits"), Tone.QUIET),
    CallState.HEARING: (mark("being heard"), Tone.INFO),
    CallState.HEARD: (mark("heard"), Tone.GOOD),
    CallState.KNOWN: (mark("known already"), Tone.QUIET),
    CallState.UNREADABLE: (mark("cannot be heard"), Tone.BAD),
    CallState.FAILED: (mark("failed"), Tone.BAD),
}
SHOWS: Mapping[str, tuple[str, frozenset[CallState], str]] = {
    "missed": (mark("with faults"), frozenset({CallState.HEARD}), "missed"),
    "suspect": (mark("with something to confirm"), frozenset({CallState.HEARD}), "suspect"),
    "heard": (mark("heard"), frozenset({CallState.HEARD}), ""),
    "left": (mark("still to be heard"), TO_HEAR, ""),
    "spoilt": (mark("cannot be heard"), SPOILT, ""),
    "known": (mark("known already"), frozenset({CallState.KNOWN}), ""),
}
LIST_COLUMNS = (
    Column(title=mark("Recordings")),
    Column(title=mark("State")),
    Column(title=mark("Heard"), numeric=True),
    Column(title=mark("With faults"), numeric=True),
    Column(title=mark("Length"), numeric=True),
    Column(title=mark("Sent in")),
)
COLUMNS = (
    Column(title=mark("Recording"), name="name"),
    Column(title=mark("Agent"), name="agent"),
    Column(title=mark("State")),
    Column(title=mark("Score"), name="score", numeric=True),
    Column(title=mark("Missed"), name="missed", numeric=True),
    Column(title=mark("To confirm"), name="suspect", numeric=True),
    Column(title=mark("Length"), name="seconds", numeric=True),
)


@dataclass(frozen=True, slots=True)
class AskedCalls:
    """Which recordings of a batch the address asks for."""

    show: str = ""
    agent: str = ""
    q: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> AskedCalls:
        """Return what an address asks for; what makes no sense asks for nothing."""
        show = query.get("show", "")
        return cls(
            show if show in SHOWS else "",
            query.get("agent", "").replace("\0", "")[:80],
            query.get("q", "").replace("\0", "")[:100],
        )

    def wanted(self, sorting: Sorting | None = None) -> CallWanted:
        """Return the same as the query takes it."""
        _, states, found = SHOWS.get(self.show, ("", frozenset(), ""))
        return CallWanted(
            states=states,
            found=found,
            agent=self.agent,
            name=self.q,
            order=sorting.name if sorting else "place",
            descending=sorting.descending if sorting else False,
        )

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is left out."""
        return not (self.show or self.agent or self.q)


def progress_of(actor: Actor, batch_id: int, *, zone: str) -> dict[str, Any]:
    """Return the values of the template that shows how a batch stands.

    What is said in words is said by the template, which is made once for each language.
    """
    shown = recording_batch(actor, batch_id)
    counts = shown.line.counts
    return {
        "batch": shown.line,
        "counts": counts,
        "state": STATES[shown.line.state],
        "left": shown.left,
        "spell": spell,
        "remaining": remaining,
        "opens_at": _opens_at(shown, zone),
        "parked": shown.parked,
        "waits_for_engine": waits_for_engine(shown),
    }


def waits_for_engine(shown: RecordingBatchShown) -> bool:
    """Tell whether words are wanted and no engine is known that reads them."""
    return (
        shown.line.state is BatchState.HEARING
        and shown.wants is Wants.WORDS
        and not reads_somewhere()
    )


def missing() -> str:
    """Return in a sentence what this server lacks to hear recordings; "" where nothing is."""
    if not can_listen():
        return translated(
            mark(
                "This server cannot take recordings in yet: the extra “speech” is not installed "
                "(pip install {extra})."
            ),
            extra='"rexian[asr]"',
        )
    return ""


def cost_lines(shown: RecordingBatchShown) -> list[tuple[Wants, str, str]]:
    """Return what hearing a batch costs by what is wanted: the hours of a core, and why so."""
    return [(wants, hours_of(cost), _ground(cost)) for wants, cost in shown.costs.items()]


def hours_of(cost: Cost) -> str:
    """Return the hours of a core as a range in words."""
    least, most = cost.least * 3600, cost.most * 3600
    return translated(mark("{least} to {most} of one core"), least=spell(least), most=spell(most))


def _ground(cost: Cost) -> str:
    if cost.measured_on:
        return translated(
            mark("measured here on {length} of recordings"), length=spell(cost.measured_on)
        )
    return translated(mark("an assumption: little or nothing has been heard here yet"))


def remaining(one: Left) -> str:
    """Return how long the rest takes, as a range."""
    return translated(
        mark("about {least} to {most} left at the pace so far"),
        least=spell(one.least.total_seconds()),
        most=spell(one.most.total_seconds()),
    )


def spell(seconds: float) -> str:
    """Return a span in words: hours and minutes, or minutes, or seconds."""
    whole = round(seconds)
    if whole < 60:
        return translated(mark("{seconds} s"), seconds=whole)
    hours, rest = divmod(round(whole / 60), 60)
    if not hours:
        return translated(mark("{minutes} min"), minutes=rest)
    if not rest:
        return translated(mark("{hours} h"), hours=hours)
    return translated(mark("{hours} h {minutes} min"), hours=hours, minutes=rest)


def call_lines(calls: Sequence[BatchCall], actor: Actor) -> list[dict[str, Any]]:
    """Return recordings as their rows show them; what is listened to blind shows no findings."""
    blind = blind_among([one.contact for one in calls if one.contact], actor=actor)
    return [_call_line(one, is_blind=one.contact in blind) for one in calls]


def _call_line(one: BatchCall, *, is_blind: bool) -> dict[str, Any]:
    return {
        "call": one,
        "state": CALL_STATES[one.state],
        "score": "" if is_blind else score(one.score),
        "missed": None if is_blind else one.missed,
        "suspect": None if is_blind else one.suspect,
        "points": None if is_blind else one.score,
        "length": minutes(one.seconds) if one.seconds else "",
        "share": _share(one.heard, one.seconds) if one.state is CallState.HEARING else "",
        "problem": translated(one.sentence, **one.values) if one.sentence else "",
        "remarks": [translated(sentence, **values) for sentence, values in one.remarks],
    }


def hours_text(shown: RecordingBatchShown) -> str:
    """Return between which hours a batch is heard; "" at any."""
    if shown.opens is None or shown.closes is None:
        return ""
    return f"{shown.opens:%H:%M}–{shown.closes:%H:%M}"


def _opens_at(shown: RecordingBatchShown, zone: str) -> str:
    """Return when hearing goes on, where it rests until then."""
    if shown.line.state is not BatchState.HEARING:
        return ""
    now = timezone.now()
    begins = Window(shown.opens, shown.closes).next_open(
        max(now, shown.not_before or now), ZoneInfo(zone)
    )
    return instant(begins, zone) if begins > now + timedelta(minutes=1) else ""


def _share(done: float, total: float) -> str:
    return percent(min(done / total, 1.0)) if total else ""
