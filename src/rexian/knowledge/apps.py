"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Tables of ``knowledge``."""

    name = "rexian.knowledge"
    label = "knowledge"
