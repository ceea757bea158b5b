"""Keep what hearing takes on this installation, so that the next batch's cost is known before."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from rexian.speech import models


def note_pace(engine: str, *, sound: float, core: float, at: datetime) -> None:
    """Add a call of ``sound`` seconds that took ``core`` seconds of a core to what is known."""
    models.EnginePace.objects.get_or_create(engine=engine)
    models.EnginePace.objects.filter(engine=engine).update(
        calls=F("calls") + 1,
        sound=F("sound") + sound,
        core=F("core") + core,
        squares=F("squares") + core * core,
        products=F("products") + core * sound,
        sound_squares=F("sound_squares") + sound * sound,
        measured_at=at,
    )
