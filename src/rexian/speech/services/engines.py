"""Engines that read speech, by the name that a command or a setting gives them.

``whisper:FOLDER`` and ``sherpa:FOLDER`` are models on this machine, ``https://…/v1#MODEL`` is
whoever understands the transcriptions of OpenAI's interface. ``scripted:FILE`` hears nothing, and
says what stands in the file.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.speech.adapters.scripted import scripted_by
from rexian.speech.ports import Recogniser


class UnknownEngine(Invalid):
    """What was named is no engine that we know."""

    code = "unknown-engine"


def recogniser_of(spec: str, *, threads: int = 1) -> Recogniser:
    """Return the engine that ``spec`` names; a model is loaded once for the process.

    ``threads`` are what an engine on this machine may use. Raises ``UnknownEngine``,
    ``ModelMissing``, ``ModelBroken``, or what says which extra is not installed.
    """
    kind, _, place = spec.strip().partition(":")
    if kind in {"http", "https"}:
        return _far(spec.strip())
    if kind == "scripted" and place:
        return scripted_by(Path(place))
    if kind in {"whisper", "sherpa"} and place:
        return _near(kind, Path(place).expanduser().resolve(), threads)
    raise UnknownEngine(
        mark(
            "{spec} names no engine: say whisper:FOLDER, sherpa:FOLDER or "
            "https://server.example/v1#MODEL."
        ),
        spec=spec,
    )


@lru_cache(maxsize=2)
def _near(kind: str, folder: Path, threads: int) -> Recogniser:
    """Load the model in ``folder``."""
    if kind == "whisper":
        from rexian.speech.adapters.whisper import Whisper  # noqa: PLC0415 - an extra

        return Whisper(folder, threads=threads)
    from rexian.speech.adapters.sherpa import Sherpa  # noqa: PLC0415 - an extra

    return Sherpa(folder, threads=threads)


@lru_cache(maxsize=8)
def _far(address: str) -> Recogniser:
    from rexian.speech.adapters.openai_compatible import endpoint_at  # noqa: PLC0415 - rarely used

    return endpoint_at(address)
