"""Run the examples of a pack: what an act does and does not know, what a rule says of a few lines.

An example of a rule holds where some verdict of the rule says what the example wants, and none
says the opposite (met and missed); ``silent`` where the rule says nothing, or not applicable.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from rexian.kernel.text.folding import fold
from rexian.standard.domain.evaluator.evaluation import inspect
from rexian.standard.domain.language.reading import Reader
from rexian.standard.domain.pack.documents import Fault, Written
from rexian.standard.domain.pack.schema import ActSpec, Example, RuleSpec
from rexian.standard.domain.pack.talk import facts_of, lay_out
from rexian.standard.domain.pack.whole import Pack
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.verdicts import Outcome, Verdict

_OPPOSITE = {Outcome.MET: Outcome.MISSED, Outcome.MISSED: Outcome.MET}


def failures(standard: Standard) -> Iterator[Fault]:
    """Yield a fault for every example of an act or a rule that does not hold.

    The examples of a base are written for the base: where a pack changes the parameters of its
    bases, or overrides a clause, theirs need not hold in it.
    """
    pack = standard.pack
    reader = standard.book.reader(standard.acts[act.id] for act in pack.sections.acts)
    for act in pack.sections.acts:
        yield from act_failures(reader, standard.acts[act.id], act)
    for rule in pack.rules():
        if not is_changed(rule, pack):
            yield from rule_failures(standard, rule)


def act_failures(reader: Reader, number: int, act: ActSpec) -> Iterator[Fault]:
    """Yield a fault for every utterance that does the act and should not, or the other way."""
    for utterance in act.examples.yes:
        if not _does(reader, number, utterance):
            yield Fault(
                utterance.place, f"this example should do the act: {utterance}", rule=act.id
            )
    for utterance in act.examples.no:
        if _does(reader, number, utterance):
            reason = f"this example should not do the act: {utterance}"
            yield Fault(utterance.place, reason, rule=act.id)


def rule_failures(standard: Standard, rule: RuleSpec) -> Iterator[Fault]:
    """Yield a fault for every example of which the rule does not say what is wanted."""
    for example in rule.examples:
        verdicts = verdicts_on(standard, rule, example)
        if not holds(example, verdicts):
            said = "; ".join(map(_in_words, verdicts)) or "nothing"
            reason = f"the example wants {example.outcome}, the rule says {said}"
            yield Fault(example.place, reason, rule=rule.id)


def verdicts_on(standard: Standard, rule: RuleSpec, example: Example) -> tuple[Verdict, ...]:
    """Return what a rule says of its example."""
    facts = facts_of(rule.facts, example.facts)
    found = inspect(standard, facts, lay_out(example.talk)).verdicts
    return tuple(one for one in found if one.rule == rule.id)


def holds(example: Example, verdicts: Iterable[Verdict]) -> bool:
    """Say whether the verdicts of a rule are what its example wants."""
    said = {one.outcome for one in verdicts}
    if example.outcome == "silent":
        return said <= {Outcome.NOT_APPLICABLE}
    wanted = Outcome(example.outcome)
    return wanted in said and _OPPOSITE.get(wanted) not in said


def is_changed(rule: RuleSpec, pack: Pack) -> bool:
    """Say whether a rule may do something else in this pack than its examples were written for."""
    if pack.resets_parameters and rule.place.pack != pack.manifest.place.pack:
        return True
    return any(
        rule.clause in one.clauses and rule.place.pack != one.place.pack for one in pack.overrides
    )


def changed_rules(pack: Pack) -> frozenset[str]:
    """Return the rules whose examples need not hold in this pack."""
    return frozenset(rule.id for rule in pack.rules() if is_changed(rule, pack))


def with_examples_that_hold(standard: Standard, doubtful: Collection[str]) -> Standard:
    """Return the standard, its doubtful rules with only such examples as hold."""
    pack = standard.pack
    sections: dict[str, Any] = {}
    for name in ("scenes", "forbidden", "protocols", "address", "voice"):
        rules = getattr(pack.sections, name)
        sections[name] = tuple(
            _keeping(standard, one) if one.id in doubtful else one for one in rules
        )
    return replace(standard, pack=replace(pack, sections=replace(pack.sections, **sections)))


def _keeping(standard: Standard, rule: RuleSpec) -> RuleSpec:
    kept = tuple(one for one in rule.examples if holds(one, verdicts_on(standard, rule, one)))
    return replace(rule, examples=kept)


def _does(reader: Reader, number: int, utterance: Written) -> bool:
    return bool(reader.read(fold(utterance)).mask >> number & 1)


def _in_words(verdict: Verdict) -> str:
    quote = f" of {verdict.quote!r}" if verdict.quote else ""
    return f"{verdict.outcome}{quote} ({verdict.reason('en')})"
