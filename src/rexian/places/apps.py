"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Tables of ``places``."""

    name = "rexian.places"
    label = "places"
