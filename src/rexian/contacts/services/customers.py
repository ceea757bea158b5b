"""Recognise customers by their number."""

from __future__ import annotations

from datetime import datetime

from rexian.contacts import events, models
from rexian.contacts.services.routing import about
from rexian.journal.services import record
from rexian.kernel.authority import Actor

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
