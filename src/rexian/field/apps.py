"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """The face ``field``: no tables of its own."""

    name = "rexian.field"
    label = "field"
