"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Tables and reactions of ``journal``."""

    name = "rexian.journal"
    label = "journal"
