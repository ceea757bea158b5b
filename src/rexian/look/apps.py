"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class LookConfig(AppConfig):
    """The face ``look``: no tables of its own."""

    name = "rexian.look"
    label = "look"
