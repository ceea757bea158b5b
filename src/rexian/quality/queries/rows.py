"""The rows that a reader or a service is about, or word that there are none to be seen."""

from __future__ import annotations

from rexian.kernel.authority import Actor, belongs
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.quality import models


def sample_row(sample_id: int, actor: Actor) -> models.Sample:
    """Return a sample of the actor's organisation; raise ``NotFound``."""
    row = models.Sample.objects.filter(pk=sample_id).first()
    belongs(actor, row.organisation_id if row else -1, code=f"sample:{sample_id}")
    if row is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"sample:{sample_id}")
    return row


def sampled_row(sample_id: int, contact_id: int, actor: Actor) -> models.SampledContact:
    """Return a contact of a sample that the actor has taken and not answered; else ``NotFound``."""
    sample_row(sample_id, actor)
    row = models.SampledContact.objects.filter(
        sample=sample_id, contact=contact_id, taken_by=actor.person
    ).first()
    if row is None or actor.person is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"contact:{contact_id}")
    return row
