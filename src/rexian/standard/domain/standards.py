"""A standard ready to judge: a pack compiled, found again by its content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rexian.standard.domain.evaluator.address import AddressWatch
from rexian.standard.domain.evaluator.course import CourseCompiler
from rexian.standard.domain.evaluator.hearing import SoundReading
from rexian.standard.domain.evaluator.player import ScenePlayer
from rexian.standard.domain.evaluator.protocols import ProtocolWatch
from rexian.standard.domain.evaluator.scenes import compile_scenes
from rexian.standard.domain.evaluator.scoring import Scoring
from rexian.standard.domain.evaluator.voice import RateWatch
from rexian.standard.domain.evaluator.watches import Watch
from rexian.standard.domain.evaluator.words import WordWatch
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.language.acts import ActBook
from rexian.standard.domain.language.reading import Reader
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.domain.pack.loading import load_pack
from rexian.standard.domain.pack.schema import Clause, Pack, Scorecard


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """A compiled pack; immutable, and shared by all conversations that it judges."""

    pack: Pack
    readers: Mapping[Speaker, Reader]
    acts: Mapping[str, int]
    scenes: ScenePlayer
    watches: tuple[Watch, ...]
    scoring: Scoring

    @property
    def name(self) -> str:
        """The pack's name."""
        return self.pack.manifest.name

    @property
    def version(self) -> str:
        """The pack's version."""
        return self.pack.manifest.version

    @property
    def content_hash(self) -> str:
        """The hash of everything that the pack was put together from."""
        return self.pack.content_hash

    @property
    def title(self) -> Mapping[str, str]:
        """The pack's title by language."""
        return self.pack.manifest.title

    @property
    def clauses(self) -> Mapping[str, Clause]:
        """The clauses by id."""
        return {clause.id: clause for clause in self.pack.sections.clauses}

    @property
    def scorecard(self) -> Scorecard | None:
        """The scorecard, where the pack has one."""
        return self.pack.sections.scorecard


def compile_pack(pack: Pack) -> Standard:
    """Compile a pack; raise ``Fault`` for a rule that cannot run."""
    sections = pack.sections
    book = ActBook()
    for act in sections.acts:
        try:
            book.add(act.id, act.known_by)
        except Fault as fault:
            raise Fault(act.place, fault.reason, rule=act.id) from fault
    compiler = CourseCompiler(book, {one.id: one for one in sections.deadlines})
    scenes = compile_scenes(sections.scenes, compiler)
    prescribed = _prescribed(pack)
    watches: list[Watch] = [WordWatch(one, compiler, prescribed) for one in sections.forbidden]
    watches += [ProtocolWatch(one, compiler) for one in sections.protocols]
    watches += [AddressWatch(one, compiler) for one in sections.address]
    watches += [RateWatch(one) for one in sections.voice]
    sound = SoundReading(book, scenes.expected_agent)
    return Standard(
        pack,
        {by: book.reader(numbers) for by, numbers in compiler.used_by.items()},
        dict(book.numbers),
        ScenePlayer(scenes, sound),
        tuple(watches),
        Scoring(sections.scorecard),
    )


def load(name_or_path: str | Path, parameters: Mapping[str, Any] | None = None) -> Standard:
    """Load and compile a standard by its name or its folder.

    Raises ``Fault`` (file, line, reason) for a pack that is wrong, ``NotFound`` for none.
    """
    return _load(str(name_or_path), tuple(sorted((parameters or {}).items())))


@lru_cache(maxsize=32)
def _load(name_or_path: str, parameters: tuple[tuple[str, Any], ...]) -> Standard:
    return compile_pack(load_pack(name_or_path, dict(parameters)))


def _prescribed(pack: Pack) -> list[str]:
    """Return all wording that the pack prescribes."""
    wording = [words for scene in pack.sections.scenes for words in scene.say]
    for protocol in pack.sections.protocols:
        wording += [words for step in protocol.steps for words in step.say]
    return wording
