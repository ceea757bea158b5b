"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Tables and reactions of ``dialogue``, which hears every line of a contact."""

    name = "rexian.dialogue"
    label = "dialogue"

    def ready(self) -> None:
        """Hear what is said in contacts from now on."""
        from rexian.contacts.services import call_listener  # noqa: PLC0415 - tables first
        from rexian.dialogue.services.live import hear_lines  # noqa: PLC0415

        call_listener(hear_lines)
