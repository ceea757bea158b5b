"""Forbidden words at work: convicted in the sense in which they are forbidden, else excused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rexian.kernel.text.sounds import sound
from rexian.standard.domain.evaluator import output
from rexian.standard.domain.evaluator.course import CourseCompiler
from rexian.standard.domain.evaluator.doubts import is_unsure
from rexian.standard.domain.evaluator.guards import guard
from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.evaluator.output import Output, Why, reason
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.language.matching import CLAUSE_EDGES, SENTENCE_EDGES, Span
from rexian.standard.domain.pack.conditions import Phrase
from rexian.standard.domain.pack.schema import ForbiddenWord, ForbiddenWords
from rexian.standard.domain.verdicts import Hint, HintKind, Outcome

_PLACEHOLDERS = re.compile(r"[，。！？；：,.!?;:、…*×XY（）()/\s]+|某某|某")
_QUOTES = (("“", "”"), ("「", "」"), ("‘", "’"), ("『", "』"))
_TAG = re.compile(r"(对吗|对吧|是吗|是吧|对不对|是不是)[?？。!！]*$")
REPEATED = 3
"""So many characters around a word, said by the customer too, make it the customer's word."""

BY_CUSTOMER = reason(
    {"zh-Hans": "是客户说的", "zh-Hant": "是客戶說的", "en": "said by the customer"}
)
PRESCRIBED = reason(
    {"zh-Hans": "在规定用语之中", "zh-Hant": "在規定用語之中", "en": "within prescribed wording"}
)
QUOTED = reason(
    {"zh-Hans": "是引用客户的话", "zh-Hant": "是引用客戶的話", "en": "quotes the customer"}
)
OTHER_SENSE = reason(
    {
        "zh-Hans": "不是被禁止的那种用法",
        "zh-Hant": "不是被禁止的那種用法",
        "en": "not in the sense in which it is forbidden",
    }
)
CORRECTED = reason(
    {"zh-Hans": "当即改正", "zh-Hant": "當即改正", "en": "corrected in the same breath"}
)
NONE_SAID = reason(
    {
        "zh-Hans": "客服没有说禁用词",
        "zh-Hant": "客服沒有說禁用詞",
        "en": "no forbidden word in the agent's own voice",
    }
)


@dataclass(frozen=True, slots=True)
class _Word:
    spec: ForbiddenWord
    literal: int
    sense: int
    excuses: tuple[tuple[int, Why], ...]


class WordWatch:
    """One list of forbidden words, watching turn by turn."""

    def __init__(
        self, spec: ForbiddenWords, compiler: CourseCompiler, prescribed: Sequence[str]
    ) -> None:
        self.spec = spec
        self._words = [self._compile(word, compiler) for word in spec.words]
        wording = _fragments(prescribed, [word.word for word in spec.words])
        self._wording = sorted({piece for one in prescribed for piece in _PLACEHOLDERS.split(one)})
        self._sounds: frozenset[str] | None = None
        for word in self._words:
            compiler.used_by[Speaker.CUSTOMER].add(word.literal)
        self._prescribed = self._phrase(compiler, wording)
        self._reported = self._phrase(compiler, spec.reported)
        self._corrections = self._phrase(compiler, spec.corrections)
        self._gate = sum(1 << word.literal for word in self._words)

    def turn(self, state: State, item: Item, out: Output) -> None:
        """Say of this turn whether a forbidden word stands in it, in the forbidden sense."""
        if not item.mask & self._gate or guard(self.spec.facts, state.facts) is not True:
            return
        said = [word for word in self._words if item.mask >> word.literal & 1]
        if item.by is Speaker.CUSTOMER:
            self._excuse(said[0].spec.word, BY_CUSTOMER, item, out)
            return
        guilty: list[tuple[_Word, Span]] = []
        excuse: tuple[str, Why] | None = None
        for word in said:
            for span in item.places[word.literal]:
                why = self._innocence(word, span, state, item)
                if why is None:
                    guilty.append((word, span))
                elif excuse is None:
                    excuse = (item.text[span[0] : span[1]], why)
        if guilty:
            sure = [one for one in guilty if self._is_sure(one[1], item)] if item.voice else guilty
            self._convict(sure or guilty, state, item, out, unsure=not sure)
        elif excuse is not None:
            self._excuse(*excuse, item, out)

    def signal(self, state: State, item: Item, out: Output) -> None:
        """Take a signal in: it says nothing to this rule."""

    def finish(self, state: State, out: Output) -> None:
        """Say that the whole conversation was clean, where it was."""
        spec = self.spec
        fits = guard(spec.facts, state.facts)
        if fits is False or (state.agent_turns == 0 and state.speakers_known):
            return
        if not state.speakers_known:
            out.verdict(spec.clause, spec.id, Outcome.UNDECIDED, output.NO_SPEAKERS)
        elif fits is None:
            why = output.unknown_fact(spec.facts)
            out.verdict(spec.clause, spec.id, Outcome.UNDECIDED, why)
        elif spec.id not in state.memory:
            out.verdict(spec.clause, spec.id, Outcome.MET, NONE_SAID)

    def _compile(self, word: ForbiddenWord, compiler: CourseCompiler) -> _Word:
        act = compiler.act
        return _Word(
            word,
            act(Speaker.AGENT, Phrase((word.word,))),
            act(Speaker.AGENT, word.known_by),
            tuple((act(Speaker.AGENT, Phrase(e.phrase)), reason(e.why)) for e in word.excuses),
        )

    @staticmethod
    def _phrase(compiler: CourseCompiler, phrases: Sequence[str]) -> int | None:
        return compiler.act(Speaker.AGENT, Phrase(tuple(phrases))) if phrases else None

    def _innocence(self, word: _Word, span: Span, state: State, item: Item) -> Why | None:
        """Return why this occurrence is no fault, or ``None`` where it is one."""
        if _covered(self._prescribed, span, item):
            return PRESCRIBED
        for number, why in word.excuses:
            if _covered(number, span, item):
                return why
        if not self.spec.literal and not _covered(word.sense, span, item):
            return OTHER_SENSE
        if self._quoted(word.spec.word, span, state, item):
            return QUOTED
        if word.spec.corrected and any(a >= span[1] for a, _ in _spans(self._corrections, item)):
            return CORRECTED
        return None

    def _quoted(self, word: str, span: Span, state: State, item: Item) -> bool:
        """Say whether the agent repeats the customer instead of speaking for herself."""
        text = item.folded
        if any(_between(text, span, *marks) for marks in _QUOTES):
            return True
        customer = state.customer.said
        if not any(word in said for said in customer):
            return False
        if _shares(text, span, customer):
            return True
        start, end = _sentence(text, span)
        if _TAG.search(text[span[1] : end + 1]):
            return True
        return any(start <= a and b <= span[0] for a, b in _spans(self._reported, item))

    def _is_sure(self, span: Span, item: Item) -> bool:
        """Say whether a word was heard for sure, and is no homophone in prescribed wording."""
        if is_unsure(item, span):
            return False
        if self._sounds is None:
            longer = (piece for piece in self._wording if len(piece) > REPEATED)
            self._sounds = frozenset(map(sound, longer))
        heard = sound(item.folded)
        return not any(_covers(heard, wording, span) for wording in self._sounds)

    def _convict(
        self,
        guilty: list[tuple[_Word, Span]],
        state: State,
        item: Item,
        out: Output,
        *,
        unsure: bool,
    ) -> None:
        words = list(dict.fromkeys(word.spec.word for word, _ in guilty))
        first, last = min(s for _, (s, _) in guilty), max(e for _, (_, e) in guilty)
        out.verdict(
            self.spec.clause,
            self.spec.id,
            Outcome.MISSED,
            _forbidden(guilty[0][0].spec, words),
            turns=(item.turn,),
            quote=_widened(item, first, last),
            at=item.start,
            unsure=unsure,
        )
        out.hints.append(Hint(HintKind.WARN, self.spec.clause, self.spec.id, tuple(words)))
        state.memory[self.spec.id] = True

    def _excuse(self, quote: str, why: Why, item: Item, out: Output) -> None:
        out.verdict(
            self.spec.clause,
            self.spec.id,
            Outcome.NOT_APPLICABLE,
            why,
            turns=(item.turn,),
            quote=quote,
            at=item.start,
        )


def _forbidden(word: ForbiddenWord, words: Sequence[str]) -> Why:
    listed = "、".join(words)
    sense = word.sense
    return reason(
        {
            "zh-Hans": f"客服说了禁用词“{listed}”（{sense.say('zh-Hans')}）",
            "zh-Hant": f"客服說了禁用詞「{listed}」（{sense.say('zh-Hant')}）",
            "en": f"the agent says the forbidden {listed} ({sense.say('en')})",
        }
    )


def _spans(number: int | None, item: Item) -> Sequence[Span]:
    return item.places.get(number, ()) if number is not None else ()


def _covered(number: int | None, span: Span, item: Item) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in _spans(number, item))


def _covers(heard: str, wording: str, span: Span) -> bool:
    """Say whether words stand inside something that sounds like prescribed wording."""
    at = heard.find(wording, max(0, span[1] - len(wording)))
    return 0 <= at <= span[0]


def _fragments(prescribed: Sequence[str], words: Sequence[str]) -> list[str]:
    """Cut prescribed wording at its punctuation; keep the pieces that hold a forbidden word."""
    pieces = [piece for wording in prescribed for piece in _PLACEHOLDERS.split(wording)]
    held = {piece for piece in pieces if any(word in piece and word != piece for word in words)}
    return sorted(held)


def _widened(item: Item, start: int, end: int) -> str:
    """Return the words around a span up to the edges of its clause, at most thirty characters."""
    low, high = start, end
    while low > 0 and item.folded[low - 1] not in CLAUSE_EDGES and high - low < 30:
        low -= 1
    while high < len(item.folded) and item.folded[high] not in CLAUSE_EDGES and high - low < 30:
        high += 1
    return item.text[low:high]


def _between(text: str, span: Span, opening: str, closing: str) -> bool:
    before = text.rfind(opening, 0, span[0] + 1)
    if before < 0 or text.find(closing, before, span[0]) >= 0:
        return False
    return text.find(closing, span[1]) >= 0


def _sentence(text: str, span: Span) -> Span:
    start, end = span
    while start > 0 and text[start - 1] not in SENTENCE_EDGES:
        start -= 1
    while end < len(text) and text[end] not in SENTENCE_EDGES:
        end += 1
    return start, end


def _shares(text: str, span: Span, customer: Sequence[str]) -> bool:
    """Say whether the word stands with its neighbours in the customer's mouth too."""
    for before in range(REPEATED + 1):
        low, high = span[0] - before, span[1] + REPEATED - before
        if low < 0 or high > len(text):
            continue
        piece = text[low:high]
        if any(character in CLAUSE_EDGES for character in piece):
            continue
        if any(piece in said for said in customer):
            return True
    return False
