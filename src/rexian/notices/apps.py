"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Tables and deadlines of ``notices``."""

    name = "rexian.notices"
    label = "notices"
