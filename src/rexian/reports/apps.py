"""The reports as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The table of the months that were closed."""

    name = "rexian.reports"
    label = "reports"
