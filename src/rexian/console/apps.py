"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The face ``console``: no tables of its own."""

    name = "rexian.console"
    label = "console"
