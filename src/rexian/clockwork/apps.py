"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ClockworkConfig(AppConfig):
    """The table of what is due, and the handlers of all contexts."""

    name = "rexian.clockwork"
    label = "clockwork"

    def ready(self) -> None:
        """Load every context's handlers, and see every entry of the journal from now on."""
        from rexian.clockwork.services.witnessing import witness  # noqa: PLC0415 - needs models
        from rexian.journal.services import call_witness  # noqa: PLC0415 - needs models

        call_witness(witness)
        autodiscover_modules("deadlines", "jobs", "reactions")
