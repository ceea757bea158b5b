"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ClockworkConfig(AppConfig):
    """Tables and reactions of ``clockwork``."""

    name = "rexian.clockwork"
    label = "clockwork"
