"""Give a report the sound of its calls: within the page, or in a folder beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Self
from urllib.parse import quote

from rexian.cli.calls.judging import Calls
from rexian.cli.calls.wishes import Playing
from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark
from rexian.reports.calls.inspected import InspectedCall
from rexian.reports.calls.view import Sound
from rexian.speech.domain.unreadable_sound import UnreadableSound

MOST_EMBEDDED = 3600.0
"""Seconds of sound that a page is given within itself where nobody chose: about 30 MB."""

_UNSAFE = re.compile(r"[^\w.-]+")


def playing_for(asked: Playing | None, seconds: float, output: Path | None) -> Playing:
    """Return where the sound is put: as asked, else within the page unless it is long."""
    if asked is not None:
        return asked if output is not None or asked is not Playing.BESIDE else Playing.EMBED
    return Playing.EMBED if seconds <= MOST_EMBEDDED or output is None else Playing.BESIDE


class SoundsOfReport:
    """Makes the sound of one call after another in the form that browsers play."""

    def __init__(self, playing: Playing, output: Path | None) -> None:
        self._playing = playing
        self._folder = output.with_name(f"{output.stem}.sound") if output else None
        self._written = 0

    @classmethod
    def of(cls, asked: str | None, calls: Calls | None, output: Path | None) -> Self:
        """Return what makes the sound of a report on these calls, as it was asked for."""
        seconds = calls.total if calls else 0.0
        return cls(playing_for(Playing(asked) if asked else None, seconds, output), output)

    def __call__(self, call: InspectedCall) -> Sound | None:
        """Return the sound of a call, ``None`` where there shall be none or it cannot be made."""
        if self._playing is Playing.NONE:
            return None
        try:
            if self._playing is Playing.BESIDE and self._folder is not None:
                return self._beside(call, self._folder)
            return _embedded(call)
        except (UnreadableSound, OSError):
            return None

    def tell(self, terminal: Terminal) -> None:
        """Say where the sound lies, where it does not lie in the page."""
        if self._written and self._folder:
            terminal.remark(
                mark("Sound of {count} calls: {folder}; pass it on together with the report."),
                count=self._written,
                folder=self._folder.resolve(),
            )

    def _beside(self, call: InspectedCall, folder: Path) -> Sound:
        from rexian.speech.services.playing import write_playable  # noqa: PLC0415 - an extra

        folder.mkdir(exist_ok=True)
        self._written += 1
        stem = _UNSAFE.sub("-", call.conversation.id).strip("-.")[:60]
        name = f"{self._written:05d}-{stem}.mp3"
        with (folder / name).open("wb") as target:
            write_playable(call.path, target)
        return Sound(f"{quote(folder.name)}/{quote(name)}", "audio/mpeg")


def _embedded(call: InspectedCall) -> Sound:
    from rexian.speech.services.playing import playable  # noqa: PLC0415 - needs an extra

    made = playable(call.path)
    return Sound(made.address, made.kind)
