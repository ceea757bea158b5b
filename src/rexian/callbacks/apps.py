"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CallbacksConfig(AppConfig):
    """Tables, deadlines and reactions of ``callbacks``."""

    name = "rexian.callbacks"
    label = "callbacks"

    def ready(self) -> None:
        """Have whoever moves or leaves asked for the calls that they have taken on."""
        from rexian.callbacks.services.handing_over import (  # noqa: PLC0415 - tables
            CallsTaken,
            SharesGiven,
        )
        from rexian.org.queries import add_holding  # noqa: PLC0415 - tables first

        add_holding(CallsTaken())
        add_holding(SharesGiven())
