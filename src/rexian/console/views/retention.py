"""How long recordings are kept: the rules, what goes next, what is held, what is proved gone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rexian.console.asking import Question, ask
from rexian.console.retention_forms import HoldForm, KindForm, RemoveForm, RetentionForm
from rexian.console.telling import instant, size, who
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb
from rexian.look.streaming import CSV, send_lines
from rexian.speech.domain.recordings import KIND_NAMES, RecordingKind
from rexian.speech.domain.rights import KEEP
from rexian.speech.queries import Proof, held_recordings, kept_recording, proofs, rules_of
from rexian.speech.services.retaining import (
    due_for_removal,
    hold_recording,
    keep_as,
    release_recording,
    remove_recording,
    set_retention,
)

SHOWN = 50
_CHUNK = 500
DONE = {
    "set": mark("It is set. What is past its time goes within six hours."),
    "held": mark("The recording is kept until further notice."),
    "released": mark("The rules hold for the recording again."),
    "kind": mark("It is kept so from now on."),
    "removed": mark("The recording is removed, and its key destroyed."),
}
RULE_COLUMNS = (
    Column(title=mark("Recordings")),
    Column(title=mark("Kept for")),
    Column(title=mark("What was said")),
    Column(title=mark("Set")),
)
HELD_COLUMNS = (
    Column(title=mark("Recording")),
    Column(title=mark("Why")),
    Column(title=mark("Held since")),
)
PROOF_COLUMNS = (
    Column(title=mark("Removed")),
    Column(title=mark("Recording")),
    Column(title=mark("SHA-256")),
    Column(title=mark("Size"), numeric=True),
    Column(title=mark("Why")),
    Column(title=mark("Journal"), numeric=True),
)
HOME = (Crumb(mark("Recordings"), "/recordings/"),)
HERE = Crumb(mark("How long recordings are kept"), "/recordings/keeping/")


@require_safe
@with_right(KEEP)
def keeping(request: PageRequest) -> HttpResponse:
    """Show the rules by kind, what goes next, what is held, and the latest proofs."""
    at, zone = timezone.now(), request.person.time_zone
    rules = rules_of(request.person.organisation_id)
    held = held_recordings(actor=request.actor)
    gone = proofs(actor=request.actor, limit=SHOWN)
    codes = [one.set_by for one in rules.values()] + [f"person:{one.held_by}" for one in held]
    names = who(codes, request)
    values = {
        "rules": [
            (kind, name, set_, instant(set_.set_at, zone), names.get(set_.set_by, ""))
            if (set_ := rules.get(kind))
            else (kind, name, None, "", "")
            for kind, name in KIND_NAMES.items()
        ],
        "rule_columns": RULE_COLUMNS,
        "due": len(due_for_removal(actor=request.actor, at=at)),
        "held": [
            (one, instant(one.held_at, zone), names.get(f"person:{one.held_by}", ""))
            for one in held
            if one.held_at
        ],
        "held_columns": HELD_COLUMNS,
        "proofs": [(one, instant(one.removed_at, zone), size(one.size)) for one in gone],
        "proof_columns": PROOF_COLUMNS,
        "kinds": KIND_NAMES,
        "notices": notices_of(request, DONE),
        "trail": (*HOME, Crumb(HERE.title)),
    }
    return render(request, "console/retention.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(KEEP)
def rule(request: PageRequest) -> HttpResponse:
    """Say for how long recordings of the ``kind`` that is asked for are kept."""
    asked = request.GET.get("kind", RecordingKind.ORDINARY.value)
    if asked not in set(RecordingKind):
        raise NotFound(mark("There is nothing under {code}."), code=asked[:40])
    known = RecordingKind(asked)
    before = rules_of(request.person.organisation_id).get(known)

    def carry_out(given: dict[str, Any]) -> str:
        set_retention(
            known,
            days=given["days"],
            words=given["words"],
            version=given["version"] or 0,
            actor=request.actor,
            at=timezone.now(),
        )
        return _back("set")

    start = {
        "days": before.days if before else None,
        "words": bool(before and before.words),
        "version": before.version if before else 0,
    }
    question = Question(
        title=KIND_NAMES[known],
        button=mark("Set it"),
        back=HERE.href,
        trail=(*HOME, HERE),
        explanation=mark("It holds for what is kept already, too."),
    )
    return ask(request, RetentionForm(request.POST or None, initial=start), question, carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(KEEP)
def hold(request: PageRequest, recording_id: int) -> HttpResponse:
    """Have a recording kept until further notice."""
    shown = kept_recording(recording_id, actor=request.actor)

    def carry_out(given: dict[str, Any]) -> str:
        hold_recording(recording_id, why=given["why"], actor=request.actor, at=timezone.now())
        return _back("held")

    question = _question(mark("Keep it until further notice"), mark("Keep it"), shown.name)
    form = HoldForm(request.POST or None, initial={"why": shown.held_why})
    return ask(request, form, question, carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(KEEP)
def release(request: PageRequest, recording_id: int) -> HttpResponse:
    """Ask whether the rules hold for a recording again, and let them."""
    shown = kept_recording(recording_id, actor=request.actor)
    if request.method == "POST":
        release_recording(recording_id, actor=request.actor, at=timezone.now())
        return HttpResponseRedirect(_back("released"))
    title = mark("Let the rules hold for it again?")
    values = {
        "question": translated(title),
        "consequence": f"{shown.name}: {shown.held_why}",
        "yes": translated(mark("Let them hold")),
        "back": HERE.href,
        "trail": (*HOME, HERE, Crumb(title)),
    }
    return render(request, "console/question.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(KEEP)
def kind(request: PageRequest, recording_id: int) -> HttpResponse:
    """Say what a recording is kept as."""
    shown = kept_recording(recording_id, actor=request.actor)

    def carry_out(given: dict[str, Any]) -> str:
        said = RecordingKind(given["kind"]) if given["kind"] else None
        keep_as(
            recording_id,
            kind=said,
            version=given["version"],
            actor=request.actor,
            at=timezone.now(),
        )
        return _back("kind")

    question = _question(mark("What it is kept as"), mark("Keep it so"), shown.name)
    start = {"kind": shown.given_kind, "version": shown.version}
    return ask(request, KindForm(request.POST or None, initial=start), question, carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(KEEP)
def remove(request: PageRequest, recording_id: int) -> HttpResponse:
    """Remove a recording before its time."""
    shown = kept_recording(recording_id, actor=request.actor)

    def carry_out(given: dict[str, Any]) -> str:
        remove_recording(recording_id, words=given["words"], actor=request.actor, at=timezone.now())
        return _back("removed")

    title, button = mark("Remove the recording for good"), mark("Remove it")
    question = _question(title, button, shown.name, is_grave=True)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    return ask(request, form, question, carry_out)


@require_safe
@with_right(KEEP)
def removed_table(request: PageRequest) -> HttpResponseBase:
    """Send the proofs of all removals as a table."""
    return send_lines(request, _lines(request), name="removed-recordings.csv", kind=CSV)


def _lines(request: PageRequest) -> Iterator[bytes]:
    heading = [
        *("recording", "contact", "file", "sha256", "bytes", "received_at", "removed_at"),
        *("removed_by", "cause", "kind", "days", "words", "journal_entry"),
    ]
    yield "\ufeff".encode() + _row(heading)
    before: int | None = None
    while part := proofs(actor=request.actor, before=before, limit=_CHUNK):
        yield from (_row(_cells(one)) for one in part)
        before = part[-1].recording


def _cells(one: Proof) -> list[object]:
    return [
        *(one.recording, one.contact, _harmless(one.name), one.digest, one.size),
        *(one.received_at.isoformat(), one.removed_at.isoformat(), one.removed_by),
        *(one.cause, one.kind, "" if one.days is None else one.days, one.words, one.entry),
    ]


def _harmless(text: str) -> str:
    """Return a file's name so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _row(cells: list[Any] | list[str]) -> bytes:
    written = StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue().encode()


def _question(title: str, button: str, name: str, *, is_grave: bool = False) -> Question:
    return Question(
        title=title,
        button=button,
        back=HERE.href,
        trail=(*HOME, HERE),
        explanation=name,
        is_grave=is_grave,
    )


def _back(done: str) -> str:
    return f"{reverse('console:recordings-keeping')}?done={done}"


_ONE = "recordings/keeping/<int:recording_id>"
urlpatterns = [
    path("recordings/keeping/", keeping, name="recordings-keeping"),
    path("recordings/keeping/removed.csv", removed_table, name="removed-recordings"),
    path("recordings/keeping/rule", rule, name="retention-rule"),
    path(f"{_ONE}/hold", hold, name="hold-recording"),
    path(f"{_ONE}/release", release, name="release-recording"),
    path(f"{_ONE}/kind", kind, name="keep-recording-as"),
    path(f"{_ONE}/remove", remove, name="remove-recording"),
]
