"""Who was called in for a case and how far they have come, and who could be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from rexian.cases import models
from rexian.cases.domain.helping import SETTLED, TOLD, UNANSWERED, USUAL_WAIT, Press
from rexian.cases.domain.moving import parts_of
from rexian.cases.domain.refusals import nothing_there
from rexian.cases.queries.cases import case
from rexian.cases.queries.directory import in_order
from rexian.cases.queries.duty import on_duty
from rexian.cases.queries.rows import CaseShown, rows, whole_standing
from rexian.kernel.authority import Actor
from rexian.standard.domain.flows import OVER
from rexian.standard.domain.forms import lacks_to_dispatch
from rexian.standard.domain.pack.casework import Part
from rexian.standard.domain.pack.recording import FieldSpec
from rexian.standard.queries.published import load_version

_SALT = "rexian.cases.notification"
_LENGTH = 32

DISPATCHING: frozenset[Part] = frozenset(
    {"taker", "dispatcher", "home", "holder", "handler", "supervisor"}
)
"""Who calls somebody in for a case, and writes down what they said; by HW-2.5 its taker too."""


@dataclass(frozen=True, slots=True)
class NotificationShown:
    """Somebody who was called in, with when each thing was so."""

    id: int
    case: int
    round: int
    helper: int | None
    person: int | None
    name: str
    telephone: str
    way: str
    told_by: int | None
    state: str
    told_at: datetime
    taken_at: datetime | None
    taken_by: str
    on_way_at: datetime | None
    arrived_at: datetime | None
    done_at: datetime | None
    refused_at: datetime | None
    reason: str
    result: str
    alerted_at: datetime | None

    @property
    def is_settled(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in SETTLED

    @property
    def until_taken(self) -> timedelta | None:
        """How long it took until somebody took it."""
        return _between(self.told_at, self.taken_at)

    @property
    def until_arrived(self) -> timedelta | None:
        """How long it took from the call until they were there."""
        return _between(self.told_at, self.arrived_at)

    @property
    def until_done(self) -> timedelta | None:
        """How long the work took, once they were there."""
        return _between(self.arrived_at, self.done_at)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be called in; whoever is on duty comes first.

    ``key`` is ``helper:3`` or ``person:12``; ``duty`` is what they are on duty as, and until when;
    ``called`` is how far they have come if they were called in this round already.
    """

    key: str
    helper: int | None
    person: int | None
    name: str
    kind: str
    telephone: str
    unit_name: str
    remark: str
    duty: str = ""
    until_at: datetime | None = None
    called: str = ""

    @property
    def is_on_duty(self) -> bool:
        """Whether they stand on the roster for now."""
        return self.until_at is not None


def notifications_of(case_id: int, *, actor: Actor) -> tuple[NotificationShown, ...]:
    """Return who was called in for a case that the actor sees, in the order of the calls."""
    case(case_id, actor=actor)
    found = models.Notification.objects.filter(case=case_id).order_by("pk")
    return tuple(_shown(one) for one in found)


def notification(case_id: int, notification_id: int, *, actor: Actor) -> NotificationShown:
    """Return somebody who was called in for a case that the actor sees; raise ``NotFound``."""
    case(case_id, actor=actor)
    row = models.Notification.objects.filter(pk=notification_id, case=case_id).first()
    if row is None:
        raise nothing_there(f"notification:{notification_id}")
    return _shown(row)


def may_dispatch(case_id: int, *, actor: Actor) -> bool:
    """Tell whether an actor calls people in for a case, and writes down what they say."""
    row = rows().get(pk=case_id)
    if row.standing in OVER:
        return False
    return actor.is_system or bool(DISPATCHING & parts_of(whole_standing(row), actor))


def candidates(case_id: int, *, actor: Actor, at: datetime) -> tuple[Candidate, ...]:
    """Return who could be called in: on duty near the case, on duty elsewhere, all other helpers.

    ``actor`` sees the case; whoever was called in this round already comes last.
    """
    shown = case(case_id, actor=actor)
    made = models.Notification.objects.filter(case=case_id, round=shown.round).order_by("pk")
    called = {_key(one.helper_id, one.person_id): one.state for one in made}
    found = [*_on_duty(shown, called, at), *_listed(shown, called)]
    first = {one.key: one for one in reversed(found)}  # on duty goes over merely being listed
    kept = [one for one in found if first[one.key] is one]
    return tuple(sorted(kept, key=lambda one: bool(one.called)))


def wanted_before(shown: CaseShown) -> tuple[FieldSpec, ...]:
    """Return what has to be known before somebody can be sent, and is not."""
    standard = load_version(shown.standard)
    form = standard.forms.get(standard.casework.flows[shown.flow].spec.form)
    if form is None:
        return ()
    slip = models.Slip.objects.filter(case=shown.id, form=form.id).order_by("-round").first()
    return lacks_to_dispatch(form, {**known_of(shown), **(slip.values if slip else {})})


def known_of(shown: CaseShown) -> dict[str, str]:
    """Return what the case says already of what its form asks for."""
    matter = shown.matter or shown.title
    known = {
        "place": shown.place_text,
        "phone": shown.number,
        "name": shown.name,
        "matter": matter,
        "need": matter,
        "facts": matter,
    }
    return {name: value for name, value in known.items() if value}


def wait_of(standard_version: int) -> timedelta:
    """Return how long a call may stay untaken before the dispatcher is told."""
    return load_version(standard_version).span(UNANSWERED) or USUAL_WAIT


def field_key(notification_id: int) -> str:
    """Return the key of a field page: ``7-3f0c…``; nobody can guess another's."""
    return f"{notification_id}-{_hash(notification_id)}"


def notification_of_key(key: str) -> NotificationShown:
    """Return the notification of a key while its case lasts; raise ``NotFound``."""
    number, _, given = key.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19 and number[0] != "0"):
        raise nothing_there("field")
    if not constant_time_compare(given, _hash(int(number))):
        raise nothing_there("field")
    row = models.Notification.objects.select_related("case").filter(pk=int(number)).first()
    if row is None or row.case.standing in OVER:
        raise nothing_there("field")
    return _shown(row)


def is_all_settled(case_id: int, round_: int) -> bool:
    """Tell whether everybody called in this round is done or has refused, and somebody is done."""
    made = models.Notification.objects.filter(case=case_id, round=round_)
    states = set(made.values_list("state", flat=True))
    return states <= SETTLED and Press.DONE in states


def is_settled_but_for(notification_id: int, case_id: int, round_: int) -> bool:
    """Tell whether everybody else who was called in this round is done or has refused."""
    others = models.Notification.objects.filter(case=case_id, round=round_)
    return not others.exclude(pk=notification_id).exclude(state__in=SETTLED).exists()


def _on_duty(shown: CaseShown, called: dict[str, str], at: datetime) -> list[Candidate]:
    near = shown.unit_path
    duties = sorted(
        on_duty(shown.organisation, at=at),
        key=lambda one: not (one.unit_path.startswith(near) or near.startswith(one.unit_path)),
    )
    kinds = dict(
        models.Helper.objects.filter(pk__in=[one.helper for one in duties if one.helper])
        .order_by()
        .values_list("pk", "kind")
    )
    return [
        Candidate(
            _key(one.helper, one.person), one.helper, one.person, one.name,
            kinds.get(one.helper or 0, ""), one.telephone, one.unit_name, "", one.role, one.ends_at,
            called.get(_key(one.helper, one.person), ""),
        )
        for one in duties
    ]  # fmt: skip


def _listed(shown: CaseShown, called: dict[str, str]) -> list[Candidate]:
    listed = models.Helper.objects.select_related("unit").filter(
        organisation=shown.organisation, retired_at=None
    )
    return [
        Candidate(
            key := _key(one.id, None), one.id, None, one.name, one.kind, one.telephone,
            one.unit_name, "；".join(filter(None, (one.hours, one.remark))),
            called=called.get(key, ""),
        )
        for one in in_order(listed)
    ]  # fmt: skip


def _key(helper: int | None, person: int | None) -> str:
    return f"helper:{helper}" if helper is not None else f"person:{person}"


def _between(begins: datetime | None, ends: datetime | None) -> timedelta | None:
    return ends - begins if begins is not None and ends is not None else None


def _hash(notification_id: int) -> str:
    made = salted_hmac(_SALT, str(notification_id), algorithm="sha256")
    return made.hexdigest()[:_LENGTH]


def _shown(row: models.Notification) -> NotificationShown:
    return NotificationShown(
        row.pk, row.case_id, row.round, row.helper_id, row.person_id, row.name, row.telephone,
        row.way, row.told_by_id, row.state or TOLD, row.told_at, row.taken_at, row.taken_by,
        row.on_way_at, row.arrived_at, row.done_at, row.refused_at, row.reason, row.result,
        row.alerted_at,
    )  # fmt: skip
