"""Each broken pack has one thing wrong with it, and linting says what, and where."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from rexian.standard.domain import load
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.queries import Severity, lint

FOLDER = Path(__file__).parent / "broken"
ERROR, WARNING = Severity.ERROR, Severity.WARNING


class Broken(NamedTuple):
    """A broken pack: the file, line and rule that are at fault, and a word of the reason."""

    name: str
    file: str
    line: int
    rule: str
    word: str
    severity: Severity = ERROR
    loads: bool = False


PACKS = [
    Broken("no-yaml", "rules.yaml", 7, "", "no YAML"),
    Broken("name-twice", "rules.yaml", 15, "", "second time"),
    Broken("not-utf-8", "rules.yaml", 1, "", "UTF-8"),
    Broken("list-of-nothing", "rules.yaml", 1, "", "mapping"),
    Broken("no-manifest-name", "pack.yaml", 1, "", "needs 'name'"),
    Broken("missing-base", "pack.yaml", 4, "", "missing"),
    Broken("extends-itself", "pack.yaml", 4, "", "itself"),
    Broken("unknown-section", "rules.yaml", 20, "", "'scenes'"),
    Broken("unknown-field", "rules.yaml", 12, "greeting", "'title'"),
    Broken("missing-field", "rules.yaml", 10, "greeting", "needs 'clause'"),
    Broken("no-number", "rules.yaml", 14, "greeting", "whole number"),
    Broken("no-span-of-time", "rules.yaml", 23, "answer", "span of time"),
    Broken("unknown-choice", "rules.yaml", 14, "greeting", "at_once, end"),
    Broken("unknown-language", "rules.yaml", 3, "X-1", "zh-Hant"),
    Broken("id-twice", "rules.yaml", 9, "greet", "already"),
    Broken("two-rules-of-one-id", "rules.yaml", 20, "greeting", "another rule"),
    Broken("two-scorecards", "scorecard.yaml", 2, "", "already"),
    Broken("unknown-parameter", "rules.yaml", 14, "greeting", "'rings'"),
    Broken("parameter-inside-a-text", "rules.yaml", 3, "X-1", "by itself"),
    Broken("open-bracket", "rules.yaml", 7, "greet", "not closed"),
    Broken("empty-phrase", "rules.yaml", 7, "greet", "empty"),
    Broken("too-many-alternatives", "rules.yaml", 7, "greet", "fewer"),
    Broken("unknown-operator", "rules.yaml", 7, "greet", "'phrase'"),
    Broken("two-operators", "rules.yaml", 7, "greet", "names one operator"),
    Broken("unknown-act", "rules.yaml", 15, "greeting", "'greet'"),
    Broken("act-before-its-parts", "rules.yaml", 7, "greet-twice", "before it is defined"),
    Broken("words-of-nobody", "rules.yaml", 15, "greeting", "say whose"),
    Broken("course-in-an-act", "rules.yaml", 7, "greet", "one utterance"),
    Broken("step-of-nothing", "rules.yaml", 15, "greeting", "step of a sequence"),
    Broken("unknown-signal", "rules.yaml", 13, "greeting", "hang_up"),
    Broken("unknown-fact", "rules.yaml", 13, "greeting", "'case_type'"),
    Broken("unknown-value-of-a-fact", "rules.yaml", 13, "greeting", "'complaint'"),
    Broken("unknown-deadline", "rules.yaml", 15, "greeting", "no deadline 'answr'"),
    Broken("turns-of-nobody", "rules.yaml", 14, "greeting", "by"),
    Broken("no-opportunity", "rules.yaml", 10, "greeting", "say when"),
    Broken("rule-of-no-clause", "rules.yaml", 19, "no-grumbling", "no clause 'X-2'"),
    Broken("two-clauses-bind-one-act", "rules.yaml", 22, "please-speak", "both bind"),
    Broken("override-of-no-clause", "pack.yaml", 5, "", "'X-9'"),
    Broken("clause-carried-out-by-nothing", "rules.yaml", 4, "X-2", "nothing carries", loads=True),
    Broken("scorecard-of-no-clause", "rules.yaml", 20, "", "'X-9'"),
    Broken("example-does-not-hold", "rules.yaml", 17, "greeting", "wants met"),
    Broken("example-says-too-much", "rules.yaml", 19, "greeting", "wants silent"),
    Broken("act-knows-too-little", "rules.yaml", 8, "greet", "should do the act"),
    Broken("act-knows-too-much", "rules.yaml", 8, "greet", "should not do the act"),
    Broken("example-of-no-outcome", "rules.yaml", 17, "greeting", "one outcome"),
    Broken("line-of-nobody", "rules.yaml", 17, "greeting", "客服"),
    Broken("unknown-happening", "rules.yaml", 17, "greeting", "挂断"),
    Broken("rule-without-examples", "rules.yaml", 10, "greeting", "no example", loads=True),
    Broken("miss-without-example", "rules.yaml", 10, "greeting", "missed", severity=WARNING),
    Broken("unused-act", "rules.yaml", 9, "sigh", "no other act", severity=WARNING),
    Broken("weights-do-not-add-up", "rules.yaml", 20, "", "100", severity=WARNING),
    Broken("no-english", "rules.yaml", 2, "X-1", "English", severity=WARNING),
    Broken("means-without-how", "rules.yaml", 4, "X-2", "how", severity=WARNING),
]


def named(pack: Broken) -> str:
    return pack.name


@pytest.mark.parametrize("pack", PACKS, ids=named)
def test_linting_names_file_line_rule_and_reason(pack: Broken) -> None:
    findings = lint(FOLDER / pack.name)
    places = [(one.pack, one.file, one.line, one.rule, one.severity) for one in findings]
    assert places == [(pack.name, pack.file, pack.line, pack.rule, pack.severity)]
    assert pack.word in findings[0].reason


REFUSED = [pack for pack in PACKS if pack.severity is ERROR and not pack.loads]


@pytest.mark.parametrize("pack", REFUSED, ids=named)
def test_a_pack_with_an_error_does_not_load_and_says_where(pack: Broken) -> None:
    with pytest.raises(Fault) as caught:
        load(FOLDER / pack.name)
    fault = caught.value
    assert (fault.place.file, fault.place.line) == (pack.file, pack.line)
    assert fault.rule == pack.rule
    assert pack.word in fault.message
    assert f"{pack.name}/{pack.file}:{pack.line}" in fault.message


@pytest.mark.parametrize("pack", [one for one in PACKS if one not in REFUSED], ids=named)
def test_a_pack_that_could_only_be_better_loads(pack: Broken) -> None:
    assert load(FOLDER / pack.name).name == "broken"


def test_the_table_has_every_broken_pack() -> None:
    assert sorted(one.name for one in FOLDER.iterdir()) == sorted(map(named, PACKS))


def test_a_sound_pack_has_no_findings() -> None:
    assert lint(FOLDER.parent / "sound") == ()
