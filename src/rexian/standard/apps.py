"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class StandardConfig(AppConfig):
    """Tables and reactions of ``standard``."""

    name = "rexian.standard"
    label = "standard"
