"""Find a version for somebody who may see it."""

from __future__ import annotations

from rexian.kernel.authority import Actor, belongs
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard import models


def one_of(version_id: int, actor: Actor) -> models.Version:
    """Return a version of the actor's own organisation; raise ``NotFound``."""
    found = models.Version.objects.select_related("organisation").filter(pk=version_id).first()
    belongs(actor, found.organisation_id if found else -1, code=f"standard-version:{version_id}")
    if found is None:
        raise NotFound(mark("There is no such version of a standard."), version=version_id)
    return found
