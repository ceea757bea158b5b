"""Recognise customers by their number."""

from __future__ import annotations

from datetime import datetime

from rexian.contacts import events, models
from rexian.contacts.services.routing import about
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.prepared import Prepared

RECOGNISER = Actor.system("recognition")


def recognise(row: models.Contact, *, at: datetime) -> None:
    """Bring a contact together with the customer of its number, whom it may make known."""
    if not row.number:
        return
    customer, is_new = models.Customer.objects.get_or_create(
        organisation_id=row.organisation_id,
        number=row.number,
        defaults={"name": row.name, "form": row.form, "known_since": at},
    )
    if not is_new and row.name and not customer.name:
        models.Customer.objects.filter(pk=customer.pk, name="").update(name=row.name)
    if row.customer_id == customer.pk:
        return
    row.customer = customer
    row.save(update_fields=["customer"])
    known = events.CustomerRecognised(**about(row), customer=customer.pk)
    record(known, actor=RECOGNISER, at=at)


def know_customer(
    organisation_id: int, *, number: str, name: str, form: str, at: datetime
) -> int | None:
    """Return the customer of a number, made known where nobody had it; ``None`` without one."""
    if not number:
        return None
    known = _known.first(organisation_id, number)
    if known is None:
        new = models.Customer(
            organisation_id=organisation_id, number=number, name=name, form=form, known_since=at
        )
        models.Customer.objects.bulk_create([new], ignore_conflicts=True)
        known = _known.first(organisation_id, number)
    if known is not None and name and not known.name:
        models.Customer.objects.filter(pk=known.pk, name="").update(name=name)
    return known.pk if known else None


_known = Prepared(
    lambda organisation, number: models.Customer.objects.filter(
        organisation=organisation, number=number
    )
)
