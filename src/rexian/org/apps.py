"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

from rexian.clockwork.domain.stewards import appoint_steward
from rexian.kernel.authority import Actor


class OrgConfig(AppConfig):
    """Tables and reactions of ``org``."""

    name = "rexian.org"
    label = "org"

    def ready(self) -> None:
        """Have the installation's own work tended to by administrators of the only organisation."""
        appoint_steward(_is_of_the_only_organisation)


def _is_of_the_only_organisation(actor: Actor) -> bool:
    from rexian.org.queries import organisation_count  # noqa: PLC0415 - needs models

    return actor.organisation is not None and organisation_count() == 1
