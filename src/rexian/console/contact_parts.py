"""Everything that the page of a contact shows, for whoever looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.urls import reverse

from rexian.callbacks.domain.lifecycle import STATE_NAMES
from rexian.callbacks.queries import callbacks_of_contact
from rexian.cases.domain.rights import TAKE
from rexian.cases.queries import CaseShown, cases
from rexian.cases.queries import Wanted as CasesWanted
from rexian.console import sentences as _sentences  # noqa: F401 - declares what entries say
from rexian.console.cases import standing_of
from rexian.console.contacts import (
    CHANNELS,
    REVIEWS,
    arranged,
    clock_time,
    counted,
    customer_text,
    rows,
    state_of,
)
from rexian.console.recording_calls import call_part
from rexian.console.telling import instant, who
from rexian.contacts.domain.endings import END_REASONS
from rexian.contacts.domain.lifecycle import OPEN
from rexian.contacts.domain.lines import Line
from rexian.contacts.queries import (
    ContactShown,
    RecordShown,
    attachments_of,
    record_of,
    transcript,
)
from rexian.contacts.queries import hotline as hotline_of
from rexian.contacts.queries.lists import Noted, Wanted, neighbours, noted_of
from rexian.dialogue.domain.rights import REVIEW
from rexian.dialogue.queries.findings import (
    FindingShown,
    InspectionShown,
    contacts_to_review,
    inspection_of,
    sees_all_findings,
)
from rexian.dialogue.queries.live import suspicions_of
from rexian.dialogue.queries.reading import contact_to_read, reader
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.sentences import actor_name, references, sentence_of
from rexian.journal.queries import Sought, entries, newest_id
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.requests import PageRequest
from rexian.look.shapes import Fact, Happening, Tone
from rexian.quality.queries.samples import is_blind
from rexian.reports.inspection.figures import minutes, score
from rexian.reports.inspection.words import SIGNS, outcome_word
from rexian.speech.queries import lines_to_read
from rexian.standard.domain.rights import READ as READ_STANDARDS
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.queries.published import load_version

HISTORY = 60
_READER = Actor.system("console")
_ENDED = dict(END_REASONS)
_TALK = frozenset({"contacts.turn_taken", "contacts.lines_read", "contacts.whisper_sent"})
_FOUND = "dialogue."
_URGENT = mark("urgent")


def contact_part(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Return the values of a contact's page; raise ``NotFound`` where one may not see it."""
    after, actor, language = newest_id(), request.actor, current_language()
    shown = contact_to_read(contact_id, actor=actor)
    said = transcript(contact_id)
    lines = lines_to_read(shown, said, actor=actor)
    blind = is_blind(contact_id, actor=actor)
    inspection = None if blind else inspection_of(contact_id, actor=actor, language=language)
    standard = load_version(inspection.version_id) if inspection else None
    told = _history(contact_id, without=_FOUND if blind else "")
    names = who(_people(shown, lines, inspection, told), request)
    zone = request.person.time_zone
    findings = _legible(inspection.findings, said, lines) if inspection else ()
    found = arranged(findings, lines, contact=shown, standard=standard, names=names, time_zone=zone)
    return {
        "contact": shown,
        "customer": customer_text(shown),
        "state": state_of(shown),
        "is_open": shown.state in OPEN,
        "is_blind": blind,
        "rows": list(rows(lines, found, names=names, time_zone=zone)),
        "files": attachments_of([contact_id]),
        "found": found,
        "inspection": inspection,
        "counts": _counts(inspection),
        "facts": _facts(shown, names, zone),
        "history": _happenings(told, names, language, zone),
        "may_review": bool(inspection and inspection.may_review),
        "suspicions": _suspicions(shown, actor),
        "after": after,
        "cases": _cases(contact_id, actor),
        "may_make_case": actor.may(TAKE),
        **_written_down(contact_id, standard, zone),
        **_around(actor, contact_id),
        **_WORDS,
        "clause_address": _clause_address(inspection, actor),
        **call_part(
            request,
            contact_id,
            found,
            clause_address=_clause_address(inspection, actor),
            may_review=bool(inspection and inspection.may_review),
        ),
    }


def _legible(
    findings: Sequence[FindingShown], said: Sequence[Line], lines: Sequence[Line]
) -> tuple[FindingShown, ...]:
    """Return findings without the quotes of what is masked in the lines, for whoever reads them."""
    masked = {one.seq for one, read in zip(said, lines, strict=True) if one.text != read.text}
    return tuple(replace(one, quote="") if masked & {*one.turns} else one for one in findings)


def _written_down(contact_id: int, standard: Standard | None, zone: str) -> dict[str, Any]:
    """Return what the agent and the customer have left in writing about a contact."""
    record = record_of(contact_id)
    return {
        "record_facts": _record_facts(record, standard, zone) if record else (),
        "noted": noted_of([contact_id]).get(contact_id, Noted()),
        "callbacks": [
            (STATE_NAMES[one.state], instant(one.due_at, zone), one.quote or one.reason)
            for one in callbacks_of_contact(contact_id, actor=_READER)
        ],
    }


def _cases(contact_id: int, actor: Actor) -> list[tuple[CaseShown, str, Tone]]:
    """Return the cases that were taken from a contact, as far as one sees them."""
    found = cases(CasesWanted(contact=contact_id), actor=actor)
    return [(one, *standing_of(one)) for one in found]


def _suspicions(shown: ContactShown, actor: Actor) -> int:
    """Return how much is suspected so far, for those who see what is found of others."""
    seen = sees_all_findings(shown, actor)
    return suspicions_of([shown.id]).get(shown.id, 0) if seen else 0


def next_waiting(actor: Actor, contact_id: int, finding_id: int, language: str) -> int | None:
    """Return the finding of a contact that waits after one, in the order of its page."""
    found = inspection_of(contact_id, actor=actor, language=language)
    if found is None:
        return None
    lines, shown = transcript(contact_id), contact_to_read(contact_id, actor=actor)
    ordered = arranged(
        found.findings, lines, contact=shown, standard=None, names={}, time_zone="UTC"
    )
    placed = [one.shown for one in (*ordered.loose, *ordered.pinned)]
    here = next((n for n, one in enumerate(placed) if one.id == finding_id), -1)
    following = [one.id for one in (*placed[here + 1 :], *placed[: here + 1]) if one.waits]
    return following[0] if following else None


def _outcome_word(outcome: Outcome) -> str:
    return outcome_word(outcome, current_language())


_WORDS: dict[str, Any] = {
    "signs": SIGNS,
    "reviews": REVIEWS,
    "outcome_word": _outcome_word,
    "score_of": score,
}


def _counts(inspection: InspectionShown | None) -> list[tuple[Outcome, int]]:
    findings: Sequence[FindingShown] = inspection.findings if inspection else ()
    order = (Outcome.MISSED, Outcome.SUSPECT, Outcome.MET)
    return [(one, count) for one in order if (count := counted(findings, one))]


def _people(
    shown: ContactShown,
    lines: Iterable[Line],
    inspection: InspectionShown | None,
    told: Iterable[Entry],
) -> set[str]:
    """Return the codes of all whose names the page shows."""
    ids = {shown.agent, *(one.person for one in lines)}
    for one in inspection.findings if inspection else ():
        ids |= {one.person, one.reviewed_by}
    codes = {f"person:{one}" for one in ids if one is not None}
    return codes | {code for entry in told for code in references(entry)}


def _facts(shown: ContactShown, names: dict[str, str] | Any, zone: str) -> list[Fact]:
    hotline = hotline_of(shown.hotline, actor=_READER)
    queue = next((one.name for one in hotline.queues if one.code == shown.queue), shown.queue)
    known = (
        (mark("Telephone number"), shown.number),
        (mark("Form of address"), shown.form),
        (mark("Channel"), translated(CHANNELS.get(shown.channel.value, shown.channel.value))),
        (mark("Hotline"), f"{hotline.name} · {queue}"),
        (mark("Agent"), names.get(f"person:{shown.agent}", "")),
        (mark("Arrived"), instant(shown.arrived_at, zone)),
        (mark("Waited"), _seconds(shown.waited)),
        (mark("Talked"), _talked(shown)),
        (mark("Ended because"), translated(_ENDED.get(shown.end_reason, shown.end_reason))),
        (mark("Help asked for"), shown.help_reason),
    )
    return [Fact(name, value) for name, value in known if value]


def _record_facts(record: RecordShown, standard: Standard | None, zone: str) -> list[Fact]:
    """Return what was written down, in the words of the standard's form where it has one."""
    category = standard.taxonomy.get(record.category) if standard else None
    form = standard.forms.get(category.form) if standard and category else None
    language = current_language()

    def label(field: str) -> str:
        spec = form.find(field) if form else None
        return text_in(spec.label, language) if spec else field

    name = (
        standard.taxonomy.full_name(record.category, language)
        if standard and category
        else record.category
    )
    found = [
        Fact(mark("Category"), name + (f" · {translated(_URGENT)}" if record.urgent else "")),
        Fact(mark("Result"), record.result),
        Fact(mark("In short"), record.summary),
        *(Fact(label(one), _plain(value)) for one, value in record.values.items()),
        *(
            Fact(label(one), translated(mark("not obtained: {reason}"), reason=reason))
            for one, reason in record.missing.items()
        ),
        Fact(mark("Place"), _place(record)),
        Fact(mark("Saved"), instant(record.saved_at, zone)),
    ]
    return [one for one in found if one.value]


def _place(record: RecordShown) -> str:
    for name in ("text", "said", "description"):
        if isinstance(record.place.get(name), str):
            return str(record.place[name])
    return " ".join(_plain(one) for one in record.place.values() if isinstance(one, str | int))


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(_plain, value))
    if isinstance(value, bool):
        return translated(mark("yes") if value else mark("no"))
    return "" if value is None else str(value)


def _seconds(span: float | None) -> str:
    return "" if span is None else minutes(span)


def _talked(shown: ContactShown) -> str:
    if shown.connected_at is None or shown.talked_until is None:
        return ""
    span: timedelta = shown.talked_until - shown.connected_at
    return minutes(max(0.0, span.total_seconds()))


def _history(contact_id: int, *, without: str) -> tuple[Entry, ...]:
    """Return what happened to a contact that one may see, the oldest first, without every turn.

    Nor is told what is called ``without`` this, if anything.
    """
    page = entries(Sought(subject=f"contact:{contact_id}"), after=0, size=500, actor=_READER)
    shown = [one for one in page.entries if one.name not in _TALK]
    told = [one for one in shown if not (without and one.name.startswith(without))]
    told.sort(key=lambda one: one.id)
    return tuple(told[-HISTORY:])


def _happenings(
    told: Iterable[Entry], names: dict[str, str] | Any, language: str, zone: str
) -> list[Happening]:
    return [
        Happening(
            at=one.at,
            at_text=clock_time(one.at, zone),
            sentence=sentence_of(one, names, language),
            who=actor_name(one.actor, names, language),
        )
        for one in told
    ]


def _around(actor: Actor, contact_id: int) -> dict[str, Any]:
    """Return the contacts before and after this one in which something waits for a review."""
    if not actor.may(REVIEW):
        return {"previous": None, "following": None}
    wanted = Wanted(among=contacts_to_review(actor.organisation))
    previous, following = neighbours(reader(actor), contact_id, wanted=wanted)
    return {"previous": previous, "following": following}


def _clause_address(inspection: InspectionShown | None, actor: Actor) -> Any:
    def address(clause: str) -> str:
        if inspection is None or not actor.may(READ_STANDARDS):
            return ""
        return reverse("console:clause", args=(inspection.version_id, clause))

    return address
