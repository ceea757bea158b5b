"""Read what was found in contacts, and what people made of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum

from rexian.contacts.domain.lifecycle import State
from rexian.contacts.domain.rights import WATCH
from rexian.contacts.queries import ContactShown
from rexian.contacts.queries import hotline as hotline_of
from rexian.dialogue import models
from rexian.dialogue.domain.reviewing import TO_REVIEW, Review, counted
from rexian.dialogue.domain.rights import READ, REVIEW
from rexian.dialogue.queries.live import names_of_contact
from rexian.dialogue.queries.reading import contact_to_read, reader
from rexian.dialogue.queries.sessions import READER
from rexian.kernel.authority import Actor
from rexian.kernel.language import text_in
from rexian.standard.domain.pack.schema import AddressSpec, ProtocolSpec, Scene
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.domain.wording import Filler
from rexian.standard.queries.published import load_version

_TO_REVIEW = [one.value for one in TO_REVIEW]
_OVER = frozenset({State.AFTER, State.ENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingShown:
    """A finding on a contact: ``turns`` are the ``seq`` of lines, ``at_seconds`` from the arrival.

    ``words`` are those that would have been right, filled in. ``counts_as`` is ``None`` while it
    counts for nobody; ``said_*`` are a reviewer's where they changed it.
    """

    id: int
    clause: str
    rule: str
    title: str
    outcome: Outcome
    turns: tuple[int, ...]
    quote: str
    at_seconds: float | None
    why: str
    words: tuple[str, ...]
    person: int | None
    review: Review
    said_clause: str
    said_outcome: Outcome | None
    note: str
    reviewed_by: int | None
    reviewed_at: datetime | None
    version: int

    @property
    def waits(self) -> bool:
        """Tell whether a person has to look at it."""
        return self.outcome in TO_REVIEW and self.review is Review.NONE

    @property
    def counts_as(self) -> Outcome | None:
        """Return what it counts as, if it counts."""
        return counted(self.outcome, self.review, self.said_outcome)


@dataclass(frozen=True, slots=True)
class InspectionShown:
    """What a standard says of a contact that is over; ``findings`` as far as one may see them."""

    contact: int
    version_id: int
    standard: str
    score: float | None
    inspected_at: datetime
    findings: tuple[FindingShown, ...]
    may_review: bool


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """How a contact came out, for a list."""

    score: float | None
    missed: int
    suspect: int
    unreviewed: int


@dataclass(frozen=True, slots=True)
class ConfirmedFinding:
    """Something of a person's that a person has confirmed: it may be counted."""

    finding: int
    contact: int
    clause: str
    outcome: Outcome
    reviewed_at: datetime


def inspection_of(contact_id: int, *, actor: Actor, language: str) -> InspectionShown | None:
    """Return the inspection of a contact that the actor may see; raise ``NotFound``.

    ``None`` while it lasts, or before it was inspected. Whoever reads conversations sees all
    findings; an agent sees their own, and no score of a contact that was others' too.
    """
    shown = contact_to_read(contact_id, actor=actor)
    row = models.ContactInspection.objects.filter(pk=contact_id).first()
    if row is None or shown.state not in _OVER:
        return None
    rows = models.Finding.objects.filter(contact=contact_id).order_by("pk")
    sees_all = sees_all_findings(shown, actor)
    own = rows if sees_all else rows.filter(person=actor.person)
    standard = load_version(row.version_id)
    told = _Telling(standard, _filler(shown, standard, language), shown.channel.value, language)
    return InspectionShown(
        contact=contact_id,
        version_id=row.version_id,
        standard=standard.name,
        score=row.score if sees_all or not rows.exclude(person=actor.person).exists() else None,
        inspected_at=row.inspected_at,
        findings=tuple(map(told.finding, own)),
        may_review=actor.may(REVIEW),
    )


def sees_all_findings(shown: ContactShown, actor: Actor) -> bool:
    """Tell whether the actor sees what was found of others in a contact that they may see."""
    if not actor.may(READ):
        return False
    if reader(actor).may(WATCH, shown.hotline_path):
        return True
    # Seen and not theirs: then it is an agent's whom they watch.
    return shown.agent != actor.person


def counts_of(contact_ids: Collection[int], *, actor: Actor) -> Mapping[int, FindingCounts]:
    """Return how contacts came out that the actor sees in a list; only with the right to read."""
    if not actor.may(READ):
        return {}
    rows = models.ContactInspection.objects.filter(pk__in=contact_ids)
    rows = _ours(rows, actor)
    waiting = _waiting().filter(contact__in=contact_ids).values("contact")
    open_ = dict(waiting.annotate(count=Count("pk")).values_list("contact", "count"))
    return {
        row.pk: FindingCounts(row.score, row.missed, row.suspect, open_.get(row.pk, 0))
        for row in rows
    }


def marks_of(contact_ids: Collection[int]) -> Mapping[int, int]:
    """Return for each inspected contact a number that is another after each review.

    For streams that know who may watch; asks for no right.
    """
    rows = models.Finding.objects.filter(contact__in=contact_ids).values("contact")
    return dict(rows.annotate(mark=Sum("version")).values_list("contact", "mark"))


def contacts_with_findings(organisation: int | None) -> QuerySet[models.Finding, int]:
    """Return the ids of contacts in which something was missed or suspected, to filter by."""
    rows = models.Finding.objects.filter(outcome__in=_TO_REVIEW)
    return _of(rows, organisation).values_list("contact", flat=True)


def contacts_to_review(organisation: int | None) -> QuerySet[models.Finding, int]:
    """Return the ids of contacts in which something waits for a person, to filter by."""
    return _of(_waiting(), organisation).values_list("contact", flat=True)


def confirmed_findings(
    person: int, *, since: datetime, until: datetime
) -> tuple[ConfirmedFinding, ...]:
    """Return what people have confirmed of a person's contacts, reviewed from ``since`` on.

    This, and nothing that only a machine says, may be counted for somebody. Asks for no right.
    """
    rows = models.Finding.objects.filter(
        person=person, reviewed_at__gte=since, reviewed_at__lt=until
    ).filter(Q(review=Review.CONFIRMED.value) | Q(review=Review.CHANGED.value))
    found = []
    for row in rows.order_by("reviewed_at", "pk"):
        outcome = counted(Outcome(row.outcome), Review(row.review), _said(row))
        if outcome is not None and row.reviewed_at is not None:
            clause = row.said_clause or row.clause
            found.append(ConfirmedFinding(row.pk, row.contact_id, clause, outcome, row.reviewed_at))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells of findings by one standard, in one language."""

    standard: Standard
    filler: Filler
    channel: str
    language: str

    def finding(self, row: models.Finding) -> FindingShown:
        """Return a row as it is shown."""
        rule = next((one for one in self.standard.pack.rules() if one.id == row.rule), None)
        said = dict(row.why)
        return FindingShown(
            id=row.pk,
            clause=row.clause,
            rule=row.rule,
            title=text_in(rule.title, self.language) if rule else row.rule,
            outcome=Outcome(row.outcome),
            turns=tuple(row.turns),
            quote=row.quote,
            at_seconds=row.at_seconds,
            why=said.get(self.language) or next(iter(said.values()), ""),
            words=self._words(rule),
            person=row.person_id,
            review=Review(row.review),
            said_clause=row.said_clause,
            said_outcome=_said(row),
            note=row.note,
            reviewed_by=row.reviewed_by_id,
            reviewed_at=row.reviewed_at,
            version=row.version,
        )

    def _words(self, rule: object) -> tuple[str, ...]:
        """Return the words that a rule prescribes, filled in for this contact."""
        sentences: tuple[str, ...] = ()
        if isinstance(rule, Scene):
            steps = rule.guide.steps if rule.guide else ()
            wording = (rule.own_words(), *steps)
            said = [one.say_in.get(self.channel, one.say) for one in wording]
            sentences = next((one for one in said if one), ())
        elif isinstance(rule, AddressSpec):
            sentences = rule.say
        elif isinstance(rule, ProtocolSpec):
            sentences = tuple(words for step in rule.steps for words in step.say)
        return tuple(one.text for one in self.filler.fill_all(sentences))


def _filler(shown: ContactShown, standard: Standard, language: str) -> Filler:
    """Return what fills in the words as they were right when the agent answered."""
    hotline = hotline_of(shown.hotline, actor=READER)
    at = shown.connected_at or shown.arrived_at
    names = names_of_contact(shown, standard, hotline, at)
    return Filler(standard.wordings, names, language, bool(standard.value("address_xiaojie")))


def _said(row: models.Finding) -> Outcome | None:
    return Outcome(row.said_outcome) if row.said_outcome else None


def _waiting() -> QuerySet[models.Finding]:
    return models.Finding.objects.filter(review=Review.NONE.value, outcome__in=_TO_REVIEW)


def _of(rows: QuerySet[models.Finding], organisation: int | None) -> QuerySet[models.Finding]:
    return rows if organisation is None else rows.filter(organisation=organisation)


def _ours(
    rows: QuerySet[models.ContactInspection], actor: Actor
) -> QuerySet[models.ContactInspection]:
    return rows if actor.is_system else rows.filter(organisation=actor.organisation)
