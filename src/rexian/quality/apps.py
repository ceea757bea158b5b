"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """Tables of ``quality``."""

    name = "rexian.quality"
    label = "quality"
