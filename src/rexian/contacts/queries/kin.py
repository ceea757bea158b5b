"""Who belongs together: contacts of one customer, hotlines that somebody serves."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from rexian.contacts import models
from rexian.contacts.domain.rights import SERVE
from rexian.kernel.authority import Actor

_LATEST = 200


def same_customer(contact_id: int) -> tuple[int, ...]:
    """Return the latest contacts of the customer of a contact, itself too; asks for no right.

    They are known by their number, by their browser, or since one contact follows the other.
    """
    row = models.Contact.objects.filter(pk=contact_id).first()
    if row is None:
        return ()
    same = Q(pk=row.pk) | Q(pk=row.follows_id or 0) | Q(follows=row.pk)
    if row.customer_id is not None:
        same |= Q(customer=row.customer_id)
    if row.visitor:
        same |= Q(hotline=row.hotline_id, visitor=row.visitor)
    rows = models.Contact.objects.filter(same, organisation=row.organisation_id)
    return tuple(rows.order_by("-pk").values_list("pk", flat=True)[:_LATEST])


def served_hotlines(actor: Actor) -> frozenset[int]:
    """Return the hotlines that somebody serves: set up for it, or by the unit where they work."""
    own = models.Presence.objects.filter(pk=actor.person or 0).exclude(skills=[])
    set_up = own.values_list("hotline", flat=True) if actor.may(SERVE) else ()
    return hotlines_near(actor, SERVE) | frozenset(set_up)


def hotlines_near(actor: Actor, right: str) -> frozenset[int]:
    """Return the hotlines of the units where somebody has a right, or of those above a team."""
    rows = models.Hotline.objects.filter(organisation=actor.organisation)
    return frozenset(
        number
        for number, path in rows.values_list("pk", "unit__path")
        if is_near(path, actor.reach(right))
    )


def is_near(path: str, reach: Collection[str]) -> bool:
    """Tell whether a unit lies where a right is held, or above, as a hotline above its teams."""
    return any(path.startswith(one) or one.startswith(path) for one in reach)
