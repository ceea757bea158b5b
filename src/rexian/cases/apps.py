"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Tables, deadlines and reactions of ``cases``."""

    name = "rexian.cases"
    label = "cases"
