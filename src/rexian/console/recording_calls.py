"""The call part of a contact's page: its recordings, and the view of what was heard in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup

from rexian.console.contacts import REVIEWS, Arranged, Pinned
from rexian.console.recording_tables import spell
from rexian.console.telling import instant
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.look.environment import current_language, translated
from rexian.look.requests import PageRequest
from rexian.look.shapes import Tone
from rexian.reports.calls import CallFinding, Sound, call_view
from rexian.reports.inspection.words import outcome_word
from rexian.speech.domain.conversations import conversation_of
from rexian.speech.domain.opening import WHY_NAMES, Why
from rexian.speech.domain.recordings import KIND_NAMES, RecordingState
from rexian.speech.domain.rights import KEEP, LISTEN
from rexian.speech.domain.unreadable_sound import Fault
from rexian.speech.queries import HeardShown, RecordingShown, heard_call, recordings_of
from rexian.speech.services.attaching import facts_of
from rexian.speech.services.opening import listen_under

STATES: Mapping[RecordingState, tuple[str, Tone]] = {
    RecordingState.KEPT: (mark("not heard yet"), Tone.INFO),
    RecordingState.HEARD: (mark("heard"), Tone.GOOD),
    RecordingState.UNREADABLE: (mark("cannot be heard"), Tone.BAD),
    RecordingState.REMOVED: (mark("removed"), Tone.QUIET),
}
_FAULTS = {one.code: one for one in Fault}


@dataclass(frozen=True, slots=True)
class RecordingLine:
    """A recording as the page of its contact tells of it."""

    shown: RecordingShown
    state: tuple[str, Tone]
    kind: str
    length: str
    problem: str
    until: str
    at: str


def call_part(
    request: PageRequest,
    contact_id: int,
    found: Arranged,
    *,
    clause_address: Callable[[str], str],
    may_review: bool,
) -> dict[str, Any]:
    """Return the values of a contact's page that a recording adds; none of them where none is."""
    recordings = recordings_of(contact_id, actor=request.actor)
    if not recordings:
        return {"recordings": (), "call": None, "listening": 0, "sound": "", "reasons": ()}
    heard = heard_call(contact_id, actor=request.actor)
    grant = _grant(request, contact_id)
    sound = _sound(contact_id, grant)
    around = {
        "contact": contact_id,
        "listening": grant,
        "may_review": may_review,
        "reviews": REVIEWS,
        "outcome_word": _outcome_word,
    }
    return {
        "recordings": [_line(one, request) for one in recordings],
        "call": _View(request, heard, clause_address, around).of(found, sound) if heard else None,
        "listening": grant,
        "sound": sound.address if sound and not heard else "",
        "reasons": _reasons(request, recordings),
        "may_keep": request.actor.may(KEEP),
    }


def unjudged_call(request: PageRequest, contact_id: int) -> Markup | None:
    """Return the view of a call without anything that was found, to be listened to blind."""
    heard = heard_call(contact_id, actor=request.actor)
    if heard is None:
        return None
    return call_view(
        heard.heard,
        conversation_of(heard.heard, facts_of(heard.recording)),
        (),
        language=current_language(),
        sound=_sound(contact_id, _grant(request, contact_id)),
    )


@dataclass(frozen=True, slots=True)
class _View:
    """Makes the view of a call for whoever looks, with this page's review forms at its findings."""

    request: HttpRequest
    heard: HeardShown
    clause_address: Callable[[str], str]
    around: Mapping[str, Any]

    def of(self, found: Arranged, sound: Sound | None) -> Markup:
        """Return the view with what was found."""
        heard = self.heard.heard
        return call_view(
            heard,
            conversation_of(heard, facts_of(self.heard.recording)),
            [self._finding(one) for one in (*found.loose, *found.pinned, *found.folded)],
            language=current_language(),
            sound=sound,
        )

    def _finding(self, one: Pinned) -> CallFinding:
        shown, turn_of = one.shown, self.heard.turn_of
        turns = [turn_of[seq] for seq in shown.turns if seq in turn_of]
        more = render_to_string(
            "console/contact_finding_more.html", {**self.around, "one": one}, self.request
        )
        return CallFinding(
            outcome=shown.outcome,
            clause=shown.clause,
            reason=one.pin.reason,
            asks=one.asks,
            quote="" if self.heard.is_masked else shown.quote,
            seconds=shown.at_seconds,
            turn=turns[-1] if turns else None,
            words=shown.words,
            address=self.clause_address(shown.clause),
            id=f"f{shown.id}",
            waits=shown.waits,
            more=Markup(more),  # noqa: S704 - a template of ours has escaped it
        )


def _outcome_word(outcome: Any) -> str:
    return outcome_word(outcome, current_language())


def _line(one: RecordingShown, request: PageRequest) -> RecordingLine:
    fault = _FAULTS.get(one.problem)
    return RecordingLine(
        one,
        STATES[one.state],
        translated(KIND_NAMES[one.kind]),
        spell(one.seconds) if one.seconds else "",
        translated(fault.value, **one.problem_values) if fault else "",
        one.keep_until.isoformat() if one.keep_until else "",
        instant(one.received_at, request.person.time_zone),
    )


def _grant(request: PageRequest, contact_id: int) -> int:
    """Return the leave to listen that the address names, if it is the reader's and lasts."""
    text = request.GET.get("listening", "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return 0
    try:
        listened = listen_under(int(text), actor=request.actor, at=timezone.now())
    except RexianError:
        return 0
    return int(text) if listened.contact == contact_id else 0


def _sound(contact_id: int, grant: int) -> Sound | None:
    return Sound(reverse("console:contact-sound", args=(contact_id, grant))) if grant else None


def _reasons(request: PageRequest, recordings: tuple[RecordingShown, ...]) -> list[tuple[str, str]]:
    """Return the reasons to choose from, the likeliest first; none for whoever may not listen."""
    if not any(one.may_listen for one in recordings):
        return []
    own = not request.actor.may(LISTEN)
    chosen = [Why.OWN_CALL] if own else [one for one in WHY_NAMES if one is not Why.OWN_CALL]
    return [(one.value, translated(WHY_NAMES[one])) for one in chosen]
