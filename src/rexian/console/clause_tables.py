"""The figures of clauses and rules as pages show them: shares, pictures, standings in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from rexian.console.book import code_of
from rexian.console.contacts import customer_text
from rexian.console.standard_periods import Chosen
from rexian.console.telling import instant
from rexian.dialogue.domain.honesty import ENOUGH, Standing
from rexian.dialogue.queries.clauses import (
    BUCKETS,
    ClauseFigures,
    FoundIn,
    FoundInBatch,
)
from rexian.dialogue.queries.rules import RuleShown
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.shapes import Column, Tone
from rexian.look.sorting import Sorting
from rexian.reports.inspection.figures import percent
from rexian.reports.inspection.tallies import clause_order
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.queries.published import PublishedStandard

WORK = (
    Column(title=mark("Clause"), name="clause"),
    Column(title=mark("Met"), name="met", numeric=True),
    Column(title=mark("Missed"), name="missed", numeric=True),
    Column(title=mark("To confirm"), name="suspect", numeric=True),
    Column(title=mark("Undecided"), name="undecided", numeric=True),
    Column(title=mark("Share met"), name="share", numeric=True),
    Column(title=mark("How it comes along")),
)
RULES = (
    Column(title=mark("Rule")),
    Column(title=mark("Clause")),
    Column(title=mark("Spoke"), numeric=True),
    Column(title=mark("In conversations sent in"), numeric=True),
    Column(title=mark("Reviewed"), numeric=True),
    Column(title=mark("Share confirmed"), numeric=True),
    Column(title=mark("Standing")),
)
STANDINGS: Mapping[Standing, tuple[str, Tone]] = {
    Standing.TRUSTED: (mark("trusted"), Tone.GOOD),
    Standing.UNPROVEN: (mark("too few reviews yet"), Tone.QUIET),
    Standing.DOUBTED: (mark("doubted: only suspects"), Tone.CAUTION),
    Standing.SUSPECTS: (mark("only ever suspects"), Tone.INFO),
}
SHOWN = (Outcome.MISSED, Outcome.SUSPECT, Outcome.MET, Outcome.UNDECIDED)
PICTURE_HEIGHT = 24
_STEP = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the period in a picture: how much was met and missed, and where that stands."""

    x: int
    met_y: float
    met_height: float
    missed_y: float
    missed_height: float
    told: str


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause with its figures."""

    clause: str
    asks: str
    href: str
    figures: ClauseFigures
    share: str
    bars: tuple[Bar, ...]
    is_judged: bool

    @property
    def came_up(self) -> bool:
        """Tell whether anything was said of it."""
        return any(self.figures.outcomes.values())


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with what inspectors made of it."""

    shown: RuleShown
    title: str
    href: str
    share: str
    of: str
    standing: tuple[str, Tone]
    since: str

    @property
    def has_spoken(self) -> bool:
        """Tell whether there is anything to tell of it."""
        shown = self.shown
        return bool(shown.spoke or shown.batched or shown.reviews.reviewed or self.since)


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact in which a clause came out so."""

    href: str
    customer: str
    at: str
    count: int
    quotes: tuple[str, ...]


def clause_lines(
    read: PublishedStandard, figures: Mapping[str, ClauseFigures], chosen: Chosen
) -> list[ClauseLine]:
    """Return the clauses of a version in the order of the book, with figures or without."""
    language = current_language()
    found = []
    for one in sorted(read.clauses, key=lambda one: clause_order(one.clause.id)):
        known = figures.get(one.clause.id, ClauseFigures(one.clause.id, {}, ((0, 0),) * BUCKETS))
        address = reverse("console:clause", args=(read.line.id, one.clause.id))
        line = ClauseLine(
            one.clause.id,
            text_in(one.clause.text, language),
            f"{address}{chosen.query}#figures",
            known,
            percent(known.share),
            bars(known, chosen),
            bool(one.rules) or one.clause.id in figures,
        )
        found.append(line)
    return found


def arranged(lines: Iterable[ClauseLine], *, document: str, sorting: Sorting) -> list[ClauseLine]:
    """Return the clauses that a machine judges, of a document or of all, in the order asked for."""
    wanted = [
        one for one in lines if one.is_judged and (not document or code_of(one.clause) == document)
    ]
    if sorting.name == "clause":
        return wanted[::-1] if sorting.descending else wanted
    known = [one for one in wanted if _value(one, sorting.name) is not None]
    unknown = [one for one in wanted if _value(one, sorting.name) is None]
    known.sort(key=lambda one: _value(one, sorting.name) or 0, reverse=sorting.descending)
    return known + unknown


def bars(figures: ClauseFigures, chosen: Chosen) -> tuple[Bar, ...]:
    """Return the parts of the period as bars, all on the scale of the largest."""
    most = max((met + missed for met, missed in figures.trend), default=0) or 1
    drawn = []
    for number, (met, missed) in enumerate(figures.trend):
        met_height = round(PICTURE_HEIGHT * met / most, 1)
        missed_height = round(PICTURE_HEIGHT * missed / most, 1)
        first = chosen.period.first_of(number)
        told = translated(
            mark("from {day}: met {met}, missed {missed}"),
            day=f"{first:%m-%d}",
            met=met,
            missed=missed,
        )
        met_y = round(PICTURE_HEIGHT - met_height, 1)
        missed_y = round(met_y - missed_height, 1)
        drawn.append(Bar(number * _STEP, met_y, met_height, missed_y, missed_height, told))
    return tuple(drawn)


def rule_lines(shown: Sequence[RuleShown], *, version: int, time_zone: str) -> list[RuleLine]:
    """Return rules as lines, in the order in which they come."""
    language = current_language()
    return [
        RuleLine(
            one,
            text_in(one.title, language) or one.rule,
            reverse("console:clause", args=(version, one.clause)),
            percent(float(one.reviews.share)) if one.reviews.share is not None else "–",
            _of(one),
            STANDINGS[one.standing],
            instant(one.doubted_at, time_zone) if one.doubted_at else "",
        )
        for one in shown
    ]


def contact_lines(found: Iterable[FoundIn], time_zone: str) -> list[ContactLine]:
    """Return contacts as lines, each with its page."""
    return [
        ContactLine(
            reverse("console:contact", args=(one.contact.id,)),
            customer_text(one.contact),
            instant(one.contact.arrived_at, time_zone),
            one.count,
            one.quotes,
        )
        for one in found
    ]


def batch_address(one: FoundInBatch, clause: str, outcome: Outcome) -> str:
    """Return where the conversations of a batch are in which a clause came out so."""
    address = reverse("console:inspection", args=(one.batch,))
    return f"{address}?clause={clause}&outcome={outcome.value}#conversations"


def _of(one: RuleShown) -> str:
    """Return how many reviews bear a rule out, and how many are still needed to tell."""
    reviews = one.reviews
    if one.standing is Standing.UNPROVEN:
        return translated(
            mark("{confirmed} of {reviewed}; {enough} are needed"),
            confirmed=reviews.confirmed,
            reviewed=reviews.reviewed,
            enough=ENOUGH,
        )
    return translated(
        mark("{confirmed} of {reviewed}"), confirmed=reviews.confirmed, reviewed=reviews.reviewed
    )


def _value(one: ClauseLine, name: str) -> Any:
    """Return what a clause is sorted by; ``None`` where it has nothing of that."""
    if name == "share":
        return one.figures.share
    return one.figures[Outcome(name)] or None
