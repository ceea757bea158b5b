"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

from rexian.contacts.domain import rights as contacts
from rexian.kernel.language import mark
from rexian.look.navigation import Section, add_section


class DeskConfig(AppConfig):
    """The face ``desk``: no tables of its own."""

    name = "rexian.desk"
    label = "desk"

    def ready(self) -> None:
        """Add the section of those who serve."""
        add_section(Section(1, mark("Desk"), "desk:desk", contacts.SERVE, "d", "phone"))
