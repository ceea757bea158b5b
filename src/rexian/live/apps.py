"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LiveConfig(AppConfig):
    """The face ``live``: no tables of its own; it loads what each face declares as topics."""

    name = "rexian.live"
    label = "live"

    def ready(self) -> None:
        """Load every face's module ``live``, and hear at once what this process records."""
        from rexian.journal.services import call_witness  # noqa: PLC0415 - needs models
        from rexian.live.broadcasting import notice  # noqa: PLC0415 - needs models

        call_witness(notice)
        autodiscover_modules("live")
