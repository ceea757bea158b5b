"""Hear one recording, in this process or in one that does nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from rexian.cli.calls.keeping import Kept, key_of
from rexian.dialogue.domain.conversations import Conversation
from rexian.speech.domain.conversations import conversation_of
from rexian.speech.domain.heard import HeardCall
from rexian.speech.domain.unreadable_sound import Fault, Remark, Unreadable, UnreadableSound
from rexian.speech.services.finding import FoundCall
from rexian.speech.services.hearing_files import engine_named, hear_file

Progress = Callable[[float, float], None]


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording that was heard, and the conversation that it was.

    ``core`` is how many seconds of a processor it took, 0 where it was kept from before.
    """

    found: FoundCall
    call: HeardCall
    conversation: Conversation
    remarks: tuple[Remark, ...] = ()
    core: float = 0.0

    @property
    def was_kept(self) -> bool:
        """Tell whether it was not heard anew."""
        return self.core == 0.0


@dataclass(frozen=True, slots=True)
class Ear:
    """Hears recordings by one engine; ``engine`` is "" where nobody reads."""

    engine: str
    threads: int = 1
    keep: Path | None = None

    def name(self) -> str:
        """Load the engine, once for the process, and return its name; raise ``Invalid``."""
        return engine_named(self.engine, threads=self.threads)

    def __call__(self, found: FoundCall, progress: Progress | None = None) -> Heard | Unreadable:
        """Hear a recording, or say why it cannot be read."""
        try:
            return self._heard(found, progress)
        except UnreadableSound as error:
            return error.at(found.source)
        except FileNotFoundError:
            return Unreadable(found.source, 0, Fault.NO_SUCH_FILE)
        except OSError as error:
            problem = {"problem": error.strerror or str(error)}
            return Unreadable(found.source, 0, Fault.CANNOT_OPEN, problem)

    def _heard(self, found: FoundCall, progress: Progress | None) -> Heard:
        begun = process_time()
        kept = Kept(self.keep) if self.keep else None
        key = self._key(found) if kept else ""
        call = kept.find(key) if kept else None
        if call is not None:
            return self._told(found, call, (), 0.0)
        call, remarks = hear_file(
            found.path,
            roles=found.facts.roles,
            engine=self.engine,
            threads=self.threads,
            signals=found.facts.events,
            progress=progress,
        )
        if kept:
            kept.keep(key, call)
        return self._told(found, call, remarks, max(process_time() - begun, 1e-6))

    def _key(self, found: FoundCall) -> str:
        facts = found.facts
        return key_of(found.path, engine=self.name(), roles=facts.roles, signals=facts.events)

    def _told(
        self, found: FoundCall, call: HeardCall, remarks: tuple[Remark, ...], core: float
    ) -> Heard:
        conversation = conversation_of(call, found.facts, source=found.source)
        return Heard(found, call, conversation, remarks, core)


def cores() -> int:
    """Return how many processor cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
