"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The face ``portal``: no tables of its own."""

    name = "rexian.portal"
    label = "portal"
