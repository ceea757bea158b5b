"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """Tables and reactions of ``org``."""

    name = "rexian.org"
    label = "org"
