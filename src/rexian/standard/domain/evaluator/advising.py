"""What open opportunities want said: the step they are at, its words, and why now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rexian.kernel.language import text_in
from rexian.standard.domain.evaluator.guards import guard
from rexian.standard.domain.evaluator.numbers import unconfirmed_number
from rexian.standard.domain.evaluator.opportunities import Opportunity
from rexian.standard.domain.evaluator.scenes import CompiledGuide, CompiledScene, CompiledStep
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import SignalName, Speaker
from rexian.standard.domain.guidance import Advice, Words
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.wording import Filler

LONGEST_QUOTE = 24
NAME_UNUSED_RANK = 45
_HOLDS = frozenset({SignalName.HOLD_ON, SignalName.MUTE})

AT_THE_START = {"zh-Hans": "对话刚刚开始", "zh-Hant": "對話剛剛開始", "en": "the contact begins"}
CUSTOMER_SAID = {
    "zh-Hans": "客户说：“{words}”",
    "zh-Hant": "客戶說：「{words}」",
    "en": "the customer said: {words}",
}
AGENT_SAID = {
    "zh-Hans": "刚才说了：“{words}”",
    "zh-Hant": "剛才說了：「{words}」",
    "en": "you said: {words}",
}
HAPPENED = {
    "zh-Hans": "接听或等待之后",
    "zh-Hant": "接聽或等待之後",
    "en": "after answering or waiting",
}
NUMBER_GIVEN = {
    "zh-Hans": "客户报了号码 {words}，还没有复述",
    "zh-Hant": "客戶報了號碼 {words}，還沒有複述",
    "en": "the customer gave {words}, and it is not read back yet",
}
NAME_KNOWN = {
    "zh-Hans": "客户告知了姓氏“{words}”，还没有用来称呼",
    "zh-Hant": "客戶告知了姓氏「{words}」，還沒有用來稱呼",
    "en": "the customer's name {words} is known and not used yet",
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A piece of advice, and how soon it is wanted; what opened first goes first."""

    rank: int
    opened: int
    advice: Advice


def advise(standard: Standard, state: State, filler: Filler) -> list[Advice]:
    """Return everything that the standard wants said now, what is wanted soonest first."""
    found = [*_of_scenes(standard, state, filler), *_of_numbers(standard, state, filler)]
    found.extend(_of_names(standard, state, filler))
    found.sort(key=lambda one: (one.rank, one.opened))
    return [one.advice for one in found]


def before_signal(standard: Standard, state: State, filler: Filler) -> Advice | None:
    """Return the words that are wanted before the customer is put on hold, if any still are."""
    for scene in standard.scenes.compiled:
        told = scene.guide
        if told is None or told.before is None or guard(scene.spec.facts, state.facts) is False:
            continue
        if any(one.signal and _HOLDS & set(one.signal.names) for one in scene.spec.when):
            since = _since_last_hold(state)
            so_far = _look(scene, state, since)
            if not _is_done(told.before, so_far, state):
                return _advice(scene, told.before, state, filler, "")
    return None


def _of_scenes(standard: Standard, state: State, filler: Filler) -> Iterator[Ranked]:
    for number, opportunity in state.open.items():
        scene = standard.scenes.compiled[number]
        told = scene.guide
        if told is None or not _is_wanted(scene, told, opportunity, state):
            continue
        steps = (one for one in told.steps if not _is_done(one, opportunity, state))
        step = next(steps, None)
        if step is None:
            continue
        advice = _advice(scene, step, state, filler, _why(scene, opportunity, state, filler))
        if advice is not None:
            yield Ranked(told.rank, opportunity.since, advice)


def _is_wanted(
    scene: CompiledScene, told: CompiledGuide, opportunity: Opportunity, state: State
) -> bool:
    """Say whether an opportunity still wants something said, and it is time for it.

    What is not known of the contact does not silence what the customer's own words call for.
    """
    if opportunity.undecided and opportunity.opened_turn < 0:
        return False
    if opportunity.agent_turns >= scene.within:
        return False
    if told.after is not None and not told.after(opportunity, state):
        return False
    if scene.settles is not None and scene.settles(opportunity, state):
        return False
    return scene.expect is None or not scene.expect(opportunity, state)


def _is_done(step: CompiledStep, opportunity: Opportunity, state: State) -> bool:
    return step.until is not None and step.until(opportunity, state)


def _advice(
    scene: CompiledScene, step: CompiledStep, state: State, filler: Filler, why: str
) -> Advice | None:
    spec = scene.spec
    elsewhere = step.spec.say_in.get(state.facts.channel or "")
    words = filler.fill_all(step.spec.say if elsewhere is None else elsewhere)
    if not words:
        return None
    ours = step.spec.ours or elsewhere is not None
    return Advice(spec.clause, spec.id, text_in(spec.title, filler.language), words, why, ours)


def _why(scene: CompiledScene, opportunity: Opportunity, state: State, filler: Filler) -> str:
    own = scene.spec.why.get("now")
    if own:
        return text_in(own, filler.language)
    if opportunity.opened_turn < 0:
        happened = any(one.signal is not None for one in scene.spec.when)
        return text_in(HAPPENED if happened else AT_THE_START, filler.language)
    item = state.recall(opportunity.opened_turn)
    said = CUSTOMER_SAID if opportunity.opened_by is Speaker.CUSTOMER else AGENT_SAID
    return _filled(said, item.text if item else "…", filler)


def _filled(texts: dict[str, str], words: str, filler: Filler) -> str:
    short = words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"
    return text_in(texts, filler.language).format(words=short)


def _of_numbers(standard: Standard, state: State, filler: Filler) -> Iterator[Ranked]:
    for spec in standard.pack.sections.read_back:
        number = unconfirmed_number(state)
        if number is None or guard(spec.facts, state.facts) is False:
            return
        words = filler.reading(number.shown).fill_all(spec.say)
        why = _filled(NUMBER_GIVEN, number.shown, filler)
        title = text_in(spec.title, filler.language)
        yield Ranked(
            spec.rank, 0, Advice(spec.clause, spec.id, title, words, why, is_ours=spec.ours)
        )


def _of_names(standard: Standard, state: State, filler: Filler) -> Iterator[Ranked]:
    for watch in standard.address:
        spec = watch.spec
        if not spec.say or not watch.is_unused(state):
            continue
        if guard(spec.facts, state.facts) is False:
            continue
        words: tuple[Words, ...] = filler.fill_all(spec.say)
        why = _filled(NAME_KNOWN, watch.heard(state)[0], filler)
        title = text_in(spec.title, filler.language)
        yield Ranked(NAME_UNUSED_RANK, 0, Advice(spec.clause, spec.id, title, words, why))


def _since_last_hold(state: State) -> int:
    """Return where what counts for the next hold begins: after the hold before it."""
    held = {name.value for name in _HOLDS}
    return 1 + max((order for name, _, order in state.signals if name in held), default=-1)


def _look(scene: CompiledScene, state: State, since: int) -> Opportunity:
    """Return an opportunity that has seen what was said from ``since`` on."""
    seen = Opportunity(scene.number, since, Speaker.SYSTEM, -1)
    for item in state.recent:
        if item.order >= since and item.turn >= 0:
            if item.by is Speaker.AGENT:
                seen.agent |= item.mask
            else:
                seen.customer |= item.mask
    return seen
