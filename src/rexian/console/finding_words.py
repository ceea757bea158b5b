"""What is wrong with a standard, in the reader's language.

Findings are told in English, for whoever writes a pack in an editor. Those that people meet who
write in the browser have sentences of their own; what none fits is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from rexian.kernel.language import mark
from rexian.look.environment import current_language, translated
from rexian.reports.inspection.words import outcome_word
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.queries import Finding

_MEANT = "; did you mean"
_SENTENCES = (
    mark("the example wants {wanted}, the rule says {said}"),
    mark("this example should do the act: {example}"),
    mark("this example should not do the act: {example}"),
    mark("no example shows it; wanted: {wanted}"),
    mark("no example shows it {wanted}"),
    mark("{name} is not said in {tongue}"),
    mark("there is no act {name}"),
    mark("there is no clause {name}"),
    mark("there is no deadline {name}"),
    mark("there is no parameter {name}"),
    mark("there is no protocol {name}"),
    mark("there is no flow {name}"),
    mark("there is no form {name}"),
    mark("there is no category {name}"),
    mark("the scorecard names {name}, which no clause is"),
    mark("the override names {name}, which no clause is"),
    mark("no section is called {name}"),
    mark("{section} has this already, at {place}"),
    mark("{name} stands here a second time"),
    mark("another rule has this id, at {place}"),
    mark("{what} must be a span of time such as 5s, 30min, 2h or 1d"),
    mark("{what} must be {wanted}, not {given}"),
    mark("{what} is one of {known}, not {given}"),
    mark("{what} needs {name}"),
    mark("{what} knows no {name}"),
    mark("this is no YAML: {problem}"),
    mark("a text was expected here"),
    mark("a name was expected here"),
    mark("a single value was expected here"),
    mark("{what} must be a mapping of names to values"),
    mark("{what} must be a list"),
    mark("a text has zh, zh-Hant and en, not {name}"),
    mark("nothing carries this clause out: no rule cites it, and it declares no means"),
    mark("no rule cites this clause, though its means is machine"),
    mark("how {means} carries this clause out is not said"),
    mark("no rule and no other act uses this act"),
    mark("the weights of the scorecard add up to {total}, not {whole}"),
    mark("the scorecard weighs {clause} {count} times"),
    mark("a line of an example begins with 客服： or 客户： or [, not {given}"),
    mark("in brackets stands one of {known}, not {given}"),
    mark("no word is forbidden here"),
    mark("at_least is more than at_most"),
    mark("share is a part of the cases, from 0 to 1, not {given}"),
    mark("a window is written 09:00-12:00, not {given}"),
    mark("the pack that it extends is missing: {name}"),
    mark("an example names one outcome ({known}), and facts where it needs them"),
    mark("a condition names one operator ({known})"),
    mark("a deadline needs within, by_class or promised_by"),
    mark("a span is 30min, 2h, D+1 or W+5 12:00, or names its unit: {unit}"),
    mark("replaces: {section} of no base has {name}, or this pack has no other"),
    mark("say in overrides which one rules here, and why"),
    mark("a parameter stands by itself, as {form}, not as {given}"),
)
_QUOTED = re.compile(r"^(\w+)(?: of ('.*?'|\".*?\"))?(?: \(.*)?$", re.DOTALL)
_KNOWN = {one.value: one for one in Outcome}
_NOTHING = ("nothing", "silent")
_TONGUES = {"English": mark("English"), "Chinese": mark("Chinese")}
_NAMED = re.compile(r"\{(\w+)\}")


def reason_of(finding: Finding) -> str:
    """Return why something is wrong, in the language of whoever looks."""
    reason, meant, hint = finding.reason.partition(_MEANT)
    for message, pattern in _patterns():
        found = pattern.fullmatch(reason)
        if found:
            values = {name: _said(name, one) for name, one in found.groupdict().items()}
            said = translated(message, **values) if values else translated(message)
            return said + _hint(hint) if meant else said
    return finding.reason


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings as they are to be mended: errors first, then by file and line."""
    return sorted(findings, key=lambda one: (one.severity.value, one.place))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (message, re.compile("".join(_pieces(message)), re.DOTALL)) for message in _SENTENCES
    )


def _pieces(message: str) -> Iterator[str]:
    end = 0
    for found in _NAMED.finditer(message):
        yield re.escape(message[end : found.start()])
        yield f"(?P<{found[1]}>.+?)"
        end = found.end()
    yield re.escape(message[end:])


def _said(name: str, text: str) -> str:
    """Return a value of a sentence: outcomes by their words, a name without quotation marks."""
    if name in {"wanted", "said"}:
        parts = text.split("; ") if name == "said" else text.split(", ")
        return "、".join(dict.fromkeys(map(_outcome, parts)))
    if name == "tongue":
        return translated(_TONGUES.get(text, text))
    return text.strip("'\"")


def _outcome(text: str) -> str:
    """Return what a rule says, with the words that it says it of; its reason is in English."""
    found = _QUOTED.match(text)
    if found is None or found[1] not in (*_KNOWN, *_NOTHING):
        return text
    outcome = _KNOWN.get(found[1])
    word = outcome_word(outcome, current_language()) if outcome else translated(mark("no verdict"))
    return f"{word} {found[2]}" if found[2] else word


def _hint(hint: str) -> str:
    return translated(mark(" (did you mean {name}?)"), name=hint.strip(" '?"))
