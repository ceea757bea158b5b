"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The face ``live``: no tables of its own."""

    name = "rexian.live"
    label = "live"
