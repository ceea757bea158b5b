"""The context as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SpeechConfig(AppConfig):
    """Tables and jobs of ``speech``; what hears and reads sound is loaded where it is asked for."""

    name = "rexian.speech"
    label = "speech"
