"""Samples as pages show them: how far they are, what is asked, how far machine and people agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from rexian.console.sample_forms import SAID_WORDS
from rexian.console.sentences_quality import METHODS
from rexian.console.telling import instant, who
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.requests import PageRequest
from rexian.look.shapes import Column, Tone
from rexian.quality.domain.agreement import Agreement, Trust
from rexian.quality.domain.answers import Machine, Said
from rexian.quality.queries.samples import AnswerShown, SampledShown, SampleShown
from rexian.reports.inspection.figures import percent
from rexian.standard.domain.standards import Standard

LIST = (
    Column(title=mark("Sample")),
    Column(title=mark("Days")),
    Column(title=mark("Drawn")),
    Column(title=mark("Contacts"), numeric=True),
    Column(title=mark("Listened to"), numeric=True),
    Column(title=mark("State")),
)
AGREEMENT = (
    Column(title=mark("Clause")),
    Column(title=mark("Kappa"), numeric=True),
    Column(title=mark("Interval (95 %)"), numeric=True),
    Column(title=mark("Same"), numeric=True),
    Column(title=mark("Both: fault"), numeric=True),
    Column(title=mark("Machine alone"), numeric=True),
    Column(title=mark("Inspector alone"), numeric=True),
    Column(title=mark("Left to a person"), numeric=True),
    Column(title=mark("Standing")),
)
TRUST: Mapping[Trust, tuple[str, Tone]] = {
    Trust.TRUSTED: (mark("to be trusted"), Tone.GOOD),
    Trust.UNSETTLED: (mark("too few to say"), Tone.INFO),
    Trust.DISTRUSTED: (mark("not to be trusted"), Tone.BAD),
    Trust.UNTRIED: (mark("no fault seen"), Tone.QUIET),
}
MACHINE: Mapping[Machine, str] = {
    Machine.FAULT: mark("fault"),
    Machine.NO_FAULT: mark("no fault"),
    Machine.LEFT_OPEN: mark("left to a person"),
}


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A sample as a list shows it."""

    shown: SampleShown
    href: str
    days: str
    method: str
    drawn: str
    state: tuple[str, Tone]


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """The agreement on one clause, in figures as they are shown."""

    shown: Agreement
    asks: str
    kappa: str
    interval: str
    same: str
    trust: tuple[str, Tone]


@dataclass(frozen=True, slots=True)
class Asked:
    """A clause that is asked: its wording, and what was answered so far."""

    clause: str
    text: str
    said: str
    note: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A clause that is answered: what the inspector says, and what the machine says."""

    clause: str
    text: str
    said: str
    machine: str
    differs: bool
    note: str


def sample_line(shown: SampleShown, request: PageRequest) -> SampleLine:
    """Return a sample as a list shows it."""
    by = who([shown.drawn_by], request).get(shown.drawn_by, "")
    return SampleLine(
        shown,
        reverse("console:sample", args=(shown.id,)),
        f"{shown.since.isoformat()} – {shown.until.isoformat()}",
        METHODS[shown.method],
        f"{instant(shown.drawn_at, request.person.time_zone)} {by}".strip(),
        _state(shown),
    )


def agreement_line(one: Agreement, standard: Standard | None, trusted_from: float) -> AgreementLine:
    """Return the agreement on a clause as a table shows it."""
    found = one.interval
    return AgreementLine(
        one,
        clause_text(standard, one.clause),
        "–" if one.kappa is None else f"{one.kappa:.2f}",
        f"{found.low:.2f} – {found.high:.2f}" if found else "–",
        percent(one.cells.observed),
        TRUST[one.trust(trusted_from)],
    )


def asked(shown: SampleShown, sampled: SampledShown, standard: Standard | None) -> list[Asked]:
    """Return the clauses that a sample asks, with the answers so far."""
    return [
        Asked(
            clause,
            clause_text(standard, clause),
            answer.said.value if (answer := sampled.answers.get(clause)) else "",
            answer.note if answer else "",
        )
        for clause in shown.clauses
    ]


def compared(
    shown: SampleShown, sampled: SampledShown, standard: Standard | None
) -> list[Compared]:
    """Return the answers beside what the machine says, those that differ first."""
    answers = (sampled.answers[one] for one in shown.clauses if one in sampled.answers)
    lines = [_compared(one, standard) for one in answers]
    return sorted(lines, key=lambda one: not one.differs)


def clause_text(standard: Standard | None, clause: str) -> str:
    """Return what a clause asks, in the reader's language."""
    known = standard.clauses.get(clause) if standard else None
    return text_in(known.text, current_language()) if known else ""


def faults_of(sampled: SampledShown) -> int:
    """Return how many faults an inspector has found in a contact."""
    return sum(one.said is Said.BROKEN for one in sampled.answers.values())


def differing(sampled: SampledShown) -> Sequence[str]:
    """Return the clauses on which machine and inspector differ."""
    return [one.clause for one in sampled.answers.values() if _differs(one)]


def file_rows(
    lines: Iterable[AgreementLine],
) -> Iterator[tuple[str | int | float | None, ...]]:
    """Yield the agreement for a workbook or CSV, a row a clause."""
    for line in lines:
        one, found = line.shown, line.shown.interval
        yield (
            one.clause,
            line.asks,
            one.cells.total,
            one.cells.both,
            one.cells.first,
            one.cells.second,
            one.cells.neither,
            one.left_open,
            one.left_open_broken,
            one.cannot_tell,
            one.cells.observed,
            one.kappa,
            found.low if found else None,
            found.high if found else None,
            translated(line.trust[0]),
        )


def _state(shown: SampleShown) -> tuple[str, Tone]:
    if shown.answered == shown.contacts:
        return mark("all listened to"), Tone.GOOD
    if shown.closed_at is not None:
        return mark("closed"), Tone.QUIET
    return mark("being listened to"), Tone.INFO


def _compared(one: AnswerShown, standard: Standard | None) -> Compared:
    return Compared(
        one.clause,
        clause_text(standard, one.clause),
        SAID_WORDS[one.said],
        MACHINE[one.machine] if one.machine else "",
        _differs(one),
        one.note,
    )


def _differs(one: AnswerShown) -> bool:
    if one.said is Said.CANNOT_TELL or one.machine in (None, Machine.LEFT_OPEN):
        return False
    return (one.said is Said.BROKEN) is not (one.machine is Machine.FAULT)
