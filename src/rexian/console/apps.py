"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

from rexian.clockwork.domain import rights as clockwork
from rexian.dialogue.domain import rights as dialogue
from rexian.journal.domain import rights as journal
from rexian.kernel.language import mark
from rexian.look.navigation import Section, add_section
from rexian.org.domain import rights as org
from rexian.standard.domain import rights as standard


class ConsoleConfig(AppConfig):
    """The face ``console``: no tables of its own."""

    name = "rexian.console"
    label = "console"

    def ready(self) -> None:
        """Add the sections that everybody can go to who has the right."""
        add_section(
            Section(
                order=10,
                title=mark("Standards"),
                page="console:standards",
                right=standard.READ,
                key="s",
                icon="standard",
            )
        )
        add_section(
            Section(
                order=20,
                title=mark("Inspections"),
                page="console:inspections",
                right=dialogue.READ,
                key="i",
                icon="conversations",
            )
        )
        add_section(
            Section(
                order=60,
                title=mark("Organisation"),
                page="console:organisation",
                right=org.SEE,
                key="o",
                icon="units",
            )
        )
        add_section(
            Section(
                order=70,
                title=mark("People"),
                page="console:people",
                right=org.SEE,
                key="p",
                icon="people",
            )
        )
        add_section(
            Section(
                order=80,
                title=mark("Journal"),
                page="console:journal",
                right=journal.READ,
                key="j",
                icon="journal",
            )
        )
        add_section(
            Section(
                order=90,
                title=mark("Work"),
                page="console:work",
                right=clockwork.TEND,
                key="w",
                icon="clock",
            )
        )
