"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Tables, deadlines and periodic tasks of ``contacts``."""

    name = "rexian.contacts"
    label = "contacts"

    def ready(self) -> None:
        """Have whoever moves or leaves asked for the contacts that they have."""
        from rexian.contacts.services.handing_over import OpenContacts  # noqa: PLC0415 - tables
        from rexian.org.queries import add_holding  # noqa: PLC0415 - tables first

        add_holding(OpenContacts())
