"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Tables and reactions of ``dialogue``."""

    name = "rexian.dialogue"
    label = "dialogue"
