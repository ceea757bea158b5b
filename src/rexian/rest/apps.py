"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RestConfig(AppConfig):
    """The face ``rest``: no tables of its own."""

    name = "rexian.rest"
    label = "rest"
