"""Agreement with labels, counted as the shared scorer counts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexian.dialogue.domain.conversations import Label
from rexian.dialogue.domain.truth import Agreement, ClauseAgreement, Pair, Share, compare
from rexian.standard.domain.verdicts import Outcome, Verdict

SCORER = Path(__file__).parents[3] / "shared" / "tools" / "score.py"

NONE, FULL, EMPTY = Share(), Share(1, 1), Share(0, 1)


def label(verdict: str, turn: int | None = None, clause: str = "CC-1") -> Label:
    """Return a label."""
    return Label(clause, verdict, turn)


def says(outcome: Outcome, *turns: int, clause: str = "CC-1") -> Verdict:
    """Return a verdict."""
    return Verdict(clause, "rule", outcome, turns)


MET, MISSED, SUSPECT = Outcome.MET, Outcome.MISSED, Outcome.SUSPECT


@pytest.mark.parametrize(
    ("labels", "verdicts", "expected"),
    [
        pytest.param(
            [label("met", 3)],
            [says(MET, 3)],
            ClauseAgreement(met=FULL, said_met=FULL),
            id="the same of the same turn",
        ),
        pytest.param(
            [label("met", 3)],
            [says(MET, 4)],
            ClauseAgreement(met=FULL, said_met=FULL),
            id="the same of the turn beside it",
        ),
        pytest.param(
            [label("met", 3)],
            [says(MET, 5)],
            ClauseAgreement(met=EMPTY, said_met=EMPTY),
            id="the same of another turn",
        ),
        pytest.param(
            [label("missed")],
            [says(MISSED)],
            ClauseAgreement(missed=FULL, said_missed=FULL),
            id="an act that is missing altogether",
        ),
        pytest.param(
            [label("missed", 3)],
            [],
            ClauseAgreement(missed=EMPTY),
            id="nothing said",
        ),
        pytest.param(
            [label("met", 3)],
            [says(MET, 3), says(MISSED, 3)],
            ClauseAgreement(met=EMPTY, said_met=FULL, said_missed=EMPTY),
            id="a label that stands alone bears no opposite",
        ),
        pytest.param(
            [label("met", 3), label("missed", 4)],
            [says(MET, 3), says(MISSED, 4)],
            ClauseAgreement(met=FULL, missed=FULL, said_met=FULL, said_missed=FULL),
            id="neighbours may differ",
        ),
        pytest.param(
            [label("suspect", 3)],
            [says(SUSPECT, 3)],
            ClauseAgreement(suspect=FULL),
            id="a suspicion shared",
        ),
        pytest.param(
            [label("suspect", 3)],
            [says(MISSED, 3)],
            ClauseAgreement(suspect=FULL, said_missed=FULL),
            id="a suspicion taken for a miss",
        ),
        pytest.param(
            [label("not_applicable", 3)],
            [says(MISSED, 4), says(SUSPECT, 3)],
            ClauseAgreement(not_applicable=FULL, said_missed=Share(0, 1)),
            id="innocent and not convicted of that very turn",
        ),
        pytest.param(
            [label("not_applicable", 3)],
            [says(MISSED, 3)],
            ClauseAgreement(not_applicable=EMPTY, said_missed=EMPTY),
            id="innocent and convicted",
        ),
        pytest.param(
            [label("not_applicable", 3), label("missed", 3)],
            [says(MISSED, 3)],
            ClauseAgreement(not_applicable=FULL, missed=FULL, said_missed=FULL),
            id="innocent words in a guilty turn",
        ),
        pytest.param(
            [],
            [says(MISSED, 3), says(MET, 5)],
            ClauseAgreement(unlabelled_missed=1),
            id="nobody labelled the clause",
        ),
    ],
)
def test_labels_and_verdicts_are_counted(
    labels: list[Label], verdicts: list[Verdict], expected: ClauseAgreement
) -> None:
    assert compare([(labels, verdicts)]).clauses == {"CC-1": expected}


def test_agreements_on_different_conversations_add_up() -> None:
    first: Pair = ([label("met")], [says(MET), says(MISSED, clause="CC-2")])
    second: Pair = ([label("met")], [])
    together = compare([first, second])
    assert together == compare([first]) + compare([second])
    assert together.total == ClauseAgreement(met=Share(1, 2), said_met=FULL, unlabelled_missed=1)
    assert float(together.total.met) == 0.5


def test_only_the_clauses_asked_for_are_counted() -> None:
    labels = [label("met"), label("met", clause="HW-1")]
    verdicts = [says(MET, clause="HW-1"), says(MISSED, clause="HW-2")]
    agreement = compare([(labels, verdicts)], clauses=("HW",))
    assert agreement.clauses == {"HW-1": ClauseAgreement(met=FULL, said_met=FULL)}


@pytest.mark.parametrize(
    ("verdicts", "reached"),
    [
        ([says(MET, 0), says(MISSED, 5)], True),
        ([says(MET, 0), says(MISSED, 5), says(MISSED, 9)], False),
        ([says(MET, 0), says(MISSED, 5), says(MET, 9)], False),
        ([says(MET, 0)], False),
    ],
    ids=["all right", "an innocent convicted", "met without a label", "one missed overlooked"],
)
def test_the_bar_is_reached_by_all_figures_or_not_at_all(
    verdicts: list[Verdict],
    reached: bool,
) -> None:
    labels = [label("met", 0), label("missed", 5), label("not_applicable", 9)]
    assert compare([(labels, verdicts)]).reaches(0.9) is reached


def scored(pairs: list[Pair], clauses: tuple[str, ...], folder: Path) -> dict[str, list[str]]:
    """Return what the shared scorer prints of each clause, and its figures under ``""``."""
    truth, output = folder / "truth.jsonl", folder / "output.jsonl"
    truth.write_text("".join(map(_truth_line, range(len(pairs)), pairs)))
    output.write_text("".join(map(_output_line, range(len(pairs)), pairs)))
    command = [sys.executable, str(SCORER), str(truth), str(output), *clauses]
    printed = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    _, *rows, figures = printed.splitlines()
    table = {row.split()[0]: row.split()[1:] for row in rows}
    return {**table, "": re.findall(r"\d+(?:\.\d+)?", figures)}


def _truth_line(id_: int, pair: Pair) -> str:
    truth = [
        {"clause": one.clause, "verdict": one.verdict, "turn": one.turn, "quote": "", "why": ""}
        for one in pair[0]
    ]
    return json.dumps({"id": id_, "truth": truth}) + "\n"


def _output_line(id_: int, pair: Pair) -> str:
    verdicts = [
        {"clause": one.clause, "verdict": one.outcome, "turns": one.turns} for one in pair[1]
    ]
    return json.dumps({"id": id_, "verdicts": verdicts}) + "\n"


def printed(agreement: Agreement) -> dict[str, list[str]]:
    """Return ``agreement`` as the shared scorer prints it."""
    total = agreement.total
    shares = (total.met, total.missed, total.suspect, total.said_met, total.said_missed)
    figures = [f"{float(share):.3f}" for share in shares]
    counts = [agreement.innocent_convicted, total.not_applicable.whole, total.unlabelled_missed]
    rows = {clause: _row(one) for clause, one in agreement.clauses.items()}
    return {**rows, "": figures + [str(count) for count in counts]}


def _row(one: ClauseAgreement) -> list[str]:
    shares = (one.met, one.missed, one.not_applicable, one.suspect, one.said_met, one.said_missed)
    unlabelled = [str(one.unlabelled_missed)] if one.unlabelled_missed else []
    return [_cell(share) for share in shares] + unlabelled


def _cell(share: Share) -> str:
    return f"{share.part}/{share.whole}" if share.whole else "-"


clauses = st.sampled_from(["CC-1", "CC-2", "HW-3.12"])
turns = st.integers(0, 6)
pairs = st.tuples(
    st.lists(
        st.builds(
            Label,
            clauses,
            st.sampled_from(["met", "missed", "suspect", "not_applicable"]),
            st.none() | turns,
        ),
        max_size=5,
    ),
    st.lists(
        st.builds(
            Verdict, clauses, st.just("rule"), st.sampled_from(Outcome), st.lists(turns).map(tuple)
        ),
        max_size=8,
    ),
)


@pytest.mark.skipif(
    not SCORER.is_file(), reason="the shared scorer does not stand beside the repository"
)
@settings(max_examples=40)
@given(st.lists(pairs, min_size=20, max_size=60), st.sampled_from([(), ("CC",), ("CC-1", "HW")]))
def test_the_shared_scorer_counts_the_same(
    tmp_path_factory: pytest.TempPathFactory, cases: list[Pair], only: tuple[str, ...]
) -> None:
    theirs = scored(cases, only, tmp_path_factory.mktemp("scored"))
    assert printed(compare(cases, only)) == theirs
