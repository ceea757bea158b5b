"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

from rexian.cases.domain import rights as cases
from rexian.clockwork.domain import rights as clockwork
from rexian.contacts.domain import rights as contacts
from rexian.dialogue.domain import rights as dialogue
from rexian.journal.domain import rights as journal
from rexian.kernel.language import mark
from rexian.look.navigation import Section, add_section
from rexian.notices.domain import rights as notices
from rexian.org.domain import rights as org
from rexian.places.domain import rights as places
from rexian.quality.domain import rights as quality
from rexian.standard.domain import rights as standard

# order, title, first page, right, key, icon
SECTIONS = (
    Section(2, mark("Cases"), "console:cases", cases.SEE, "k", "file"),
    Section(3, mark("Floor"), "console:floor", contacts.WATCH, "f", "chart"),
    Section(4, mark("Calls and chats"), "console:contacts", dialogue.READ, "c", "conversations"),
    Section(6, mark("Callbacks on cases"), "console:callbacks", cases.HANDLE, "b", "phone"),
    Section(7, mark("Figures"), "console:figures", cases.SUPERVISE, "m", "chart"),
    Section(5, mark("Notices"), "console:notices", notices.READ, "n", "bell"),
    Section(10, mark("Standards"), "console:standards", standard.READ, "s", "standard"),
    Section(20, mark("Inspections"), "console:inspections", dialogue.READ, "i", "conversations"),
    Section(22, mark("Recordings"), "console:recordings", dialogue.READ, "r", "phone"),
    Section(25, mark("Samples"), "console:samples", quality.ANSWER, "q", "conversations"),
    Section(50, mark("Hotlines"), "console:hotlines", contacts.MANAGE, "h", "phone"),
    Section(55, mark("Places"), "console:places", places.READ, "l", "place"),
    Section(60, mark("Organisation"), "console:organisation", org.SEE, "o", "units"),
    Section(70, mark("People"), "console:people", org.SEE, "p", "people"),
    Section(80, mark("Journal"), "console:journal", journal.READ, "j", "journal"),
    Section(90, mark("Work"), "console:work", clockwork.TEND, "w", "clock"),
)


class ConsoleConfig(AppConfig):
    """The face ``console``: no tables of its own."""

    name = "rexian.console"
    label = "console"

    def ready(self) -> None:
        """Add the sections that everybody can go to who has the right."""
        for section in SECTIONS:
            add_section(section)
