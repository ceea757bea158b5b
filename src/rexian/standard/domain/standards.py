"""A standard ready to judge: a pack compiled, found again by its content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from rexian.kernel.errors import Invalid
from rexian.standard.domain.evaluator.address import AddressWatch
from rexian.standard.domain.evaluator.course import CourseCompiler
from rexian.standard.domain.evaluator.ending import EndingRule
from rexian.standard.domain.evaluator.hearing import SoundReading
from rexian.standard.domain.evaluator.mishearing import Mishearing
from rexian.standard.domain.evaluator.player import ScenePlayer
from rexian.standard.domain.evaluator.promises import Promising
from rexian.standard.domain.evaluator.protocols import ProtocolWatch
from rexian.standard.domain.evaluator.scenes import Scenes, compile_scenes
from rexian.standard.domain.evaluator.scoring import Scoring
from rexian.standard.domain.evaluator.telling import Telling
from rexian.standard.domain.evaluator.voice import VoiceWatch
from rexian.standard.domain.evaluator.watches import Watch
from rexian.standard.domain.evaluator.words import WordWatch
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.flows import Casework
from rexian.standard.domain.language.acts import ActBook
from rexian.standard.domain.language.reading import Reader
from rexian.standard.domain.pack.cache import keep, recall
from rexian.standard.domain.pack.decoding import span_of
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.guiding import EndingSpec
from rexian.standard.domain.pack.loading import assemble
from rexian.standard.domain.pack.recording import FormSpec
from rexian.standard.domain.pack.schema import ActSpec, Clause, RuleSpec, Scene, Scorecard
from rexian.standard.domain.pack.sources import (
    PackSource,
    all_parameters,
    content_hash,
    gather,
    settle,
)
from rexian.standard.domain.pack.whole import Pack
from rexian.standard.domain.taxonomy import Taxonomy
from rexian.standard.domain.wording import Wordings

Spec = TypeVar("Spec", bound=RuleSpec | EndingSpec)
Made = TypeVar("Made", bound=Watch | EndingRule)


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """A compiled pack; immutable, and shared by all conversations that it judges."""

    pack: Pack
    book: ActBook
    readers: Mapping[Speaker, Reader]
    acts: Mapping[str, int]
    telling: Telling
    scenes: ScenePlayer
    watches: tuple[Watch, ...]
    scoring: Scoring
    endings: tuple[EndingRule, ...]
    promising: Promising
    wordings: Wordings
    taxonomy: Taxonomy
    casework: Casework

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
    def protocols(self) -> tuple[ProtocolWatch, ...]:
        """The timed protocols."""
        return tuple(one for one in self.watches if isinstance(one, ProtocolWatch))

    @property
    def address(self) -> tuple[AddressWatch, ...]:
        """The rules on forms of address."""
        return tuple(one for one in self.watches if isinstance(one, AddressWatch))

    @property
    def forms(self) -> Mapping[str, FormSpec]:
        """The forms by id."""
        return {form.id: form for form in self.pack.sections.forms}

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The values of all parameters, as they are written."""
        return self.pack.values

    def value(self, name: str) -> Any:
        """Return the value of a parameter; ``None`` where the pack has none of that name."""
        return self.pack.values.get(name)

    def span(self, name: str) -> timedelta | None:
        """Return the value of a parameter that is a span of time; ``None`` without one."""
        value = self.value(name)
        return None if value is None else span_of(value)

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
        with _told_of(act):
            book.add(act.id, act.known_by)
    compiler = CourseCompiler(
        book,
        {one.id: one for one in sections.deadlines},
        {one.id: one for one in sections.protocols},
    )
    scenes = _compile_scenes(sections.scenes, compiler)
    prescribed = _prescribed(pack)
    watches: tuple[Watch, ...] = (
        *_each(sections.forbidden, lambda one: WordWatch(one, compiler, prescribed)),
        *_each(sections.protocols, lambda one: ProtocolWatch(one, compiler)),
        *_each(sections.address, lambda one: AddressWatch(one, compiler)),
        *_each(sections.voice, lambda one: VoiceWatch(one, compiler)),
    )
    sound = SoundReading(book, scenes.expected_agent)
    telling = Telling(sections.facts, compiler)
    endings = tuple(_each(sections.ending, lambda one: EndingRule(one, compiler)))
    readers = {by: book.reader(numbers) for by, numbers in compiler.used_by.items()}
    promised = tuple(one for one in sections.deadlines if one.promised_by)
    return Standard(
        pack,
        book,
        readers,
        dict(book.numbers),
        telling,
        ScenePlayer(scenes, sound, Mishearing(book, readers)),
        watches,
        Scoring(sections.scorecard),
        endings,
        Promising(book, promised),
        Wordings.of(sections.slots),
        Taxonomy.of(sections.taxonomy),
        Casework.of(sections.flows, sections.tiers, sections.callbacks),
    )


def load(name_or_path: str | Path, parameters: Mapping[str, Any] | None = None) -> Standard:
    """Load and compile a standard by its name or its folder; a process reads each only once.

    Raises ``Fault`` (file, line, reason) for a pack that is wrong or whose examples do not hold,
    ``NotFound`` for none.
    """
    return _load(str(name_or_path), tuple(sorted((parameters or {}).items())))


@lru_cache(maxsize=32)
def _load(name_or_path: str, parameters: tuple[tuple[str, Any], ...]) -> Standard:
    findings = Findings()
    sources = gather(name_or_path, findings)
    findings.raise_first()
    return _find_or_compile(sources, dict(parameters))


def load_sources(sources: tuple[PackSource, ...], parameters: Mapping[str, Any]) -> Standard:
    """Compile a standard from sources that were sound when they were kept, wherever they lay.

    Examples that no longer hold are left out instead of refused: the evaluator has moved on, and
    what was once judged must still be explained.
    """
    from rexian.standard.domain.pack import examples  # noqa: PLC0415 - they need what is made here

    try:
        return _find_or_compile(sources, parameters)
    except Fault:
        values = settle(all_parameters(sources), parameters)
        made = compile_pack(assemble(sources, values))
        return examples.with_examples_that_hold(made, {rule.id for rule in made.pack.rules()})


def _find_or_compile(sources: tuple[PackSource, ...], parameters: Mapping[str, Any]) -> Standard:
    """Compile a pack as it is kept from an earlier run, or read it and run its examples."""
    values = settle(all_parameters(sources), parameters)
    key = " ".join((content_hash(sources, values), *(one.name for one in sources)))
    kept = recall("pack", key)
    if isinstance(kept, Pack):
        return compile_pack(kept)
    made = _compile_anew(sources, values)
    keep("pack", key, made.pack)
    return made


def _compile_anew(sources: tuple[PackSource, ...], values: Mapping[str, Any]) -> Standard:
    """Put a pack together and compile it, with such examples as hold.

    Examples are written for the default values of the parameters, and must hold for them.
    """
    from rexian.standard.domain.pack import examples  # noqa: PLC0415 - they need what is made here

    made = compile_pack(assemble(sources, values))
    if values != settle(all_parameters(sources), {}):
        _find_or_compile(sources, {})
        return examples.with_examples_that_hold(made, {rule.id for rule in made.pack.rules()})
    findings = Findings()
    findings.extend(examples.failures(made))
    findings.raise_first()
    return examples.with_examples_that_hold(made, examples.changed_rules(made.pack))


def _compile_scenes(scenes: Sequence[Scene], compiler: CourseCompiler) -> Scenes:
    try:
        return compile_scenes(scenes, compiler)
    except (Invalid, ValueError):
        for scene in scenes:
            with _told_of(scene):
                compile_scenes((scene,), compiler)
        raise


def _each(specs: Iterable[Spec], compile_one: Callable[[Spec], Made]) -> list[Made]:
    made = []
    for spec in specs:
        with _told_of(spec):
            made.append(compile_one(spec))
    return made


@contextmanager
def _told_of(element: ActSpec | RuleSpec | EndingSpec) -> Iterator[None]:
    """Give a fault from deep inside a compiler the place of the element that it compiles."""
    try:
        yield
    except Fault as fault:
        place, rule = fault.place or element.place, fault.rule or element.id
        raise Fault(place, fault.reason, rule=rule) from fault
    except (Invalid, ValueError, re.error) as error:
        raise Fault(element.place, str(error), rule=element.id) from error


def _prescribed(pack: Pack) -> list[str]:
    """Return all wording that the pack prescribes, and what it adds to it."""
    sections = pack.sections
    wording = [words for scene in sections.scenes for words in scene.all_words()]
    for protocol in sections.protocols:
        wording += [words for step in protocol.steps for words in (*step.say, *step.midway)]
    for form in sections.forms:
        prompts = [form.first, *(one.asks for one in form.fields)]
        wording += [words for prompt in prompts if prompt for words in prompt.say]
    for curriculum in sections.curriculum:
        wording += [words for moment in curriculum.moments for words in moment.say]
    return wording + [words for one in sections.read_back for words in one.say]
