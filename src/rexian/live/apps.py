"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LiveConfig(AppConfig):
    """The face ``live``: no tables of its own; it loads what each face declares as topics."""

    name = "rexian.live"
    label = "live"

    def ready(self) -> None:
        """Load every face's module ``live``."""
        autodiscover_modules("live")
