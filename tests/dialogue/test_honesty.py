"""How far a rule is trusted, what becomes of its misses, and when it is another rule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rexian.dialogue.domain.honesty import (
    ENOUGH,
    TRUSTED_FROM,
    RuleReviews,
    Standing,
    convicting_rules,
    counted_review,
    doubting,
    standing,
)
from rexian.dialogue.domain.reviewing import Review
from rexian.dialogue.domain.rule_contents import rule_contents
from rexian.standard.domain import Facts, Speaker, Standard, Turn, inspect, load
from rexian.standard.domain.verdicts import Outcome

MANIFEST = 'name: small\nversion: "1"\ntitle: {zh: 小标准, en: small standard}\n'
CLAUSES = """clauses:
  - {id: T-1, text: {zh: 第一条, en: one}}
  - {id: T-2, text: {zh: 第二条, en: two}}
"""
RULES = """acts:
  - {id: greet, is: {phrase: [您好]}}
  - {id: hello, is: {any: [greet]}}
  - {id: bye, is: {phrase: [再见]}}
scenes:
  - {id: greeting, clause: T-1, title: 问候, when: start, expect: {agent: hello}, decided: end}
  - {id: farewell, clause: T-2, title: 道别, when: start, expect: {agent: bye}, decided: end,
     outcome: suspect}
"""
RUDE = [Turn(0, Speaker.AGENT, "喂"), Turn(1, Speaker.CUSTOMER, "什么事")]


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Standard]:
    """Return what makes a small standard, with some words exchanged for others."""

    def made(**exchanged: str) -> Standard:
        folder = tmp_path / f"small-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        rules = RULES
        for old, new in exchanged.items():
            rules = rules.replace(old, new)
        (folder / "pack.yaml").write_text(MANIFEST, "utf-8")
        (folder / "clauses.yaml").write_text(CLAUSES, "utf-8")
        (folder / "rules.yaml").write_text(rules, "utf-8")
        return load(folder)

    return made


def test_the_fewest_reviews_are_those_of_which_one_cannot_tip_the_balance() -> None:
    assert RuleReviews(ENOUGH - 1, 1, 0).share == TRUSTED_FROM
    assert (RuleReviews(ENOUGH - 2, 1, 0).share or 0) < TRUSTED_FROM


@pytest.mark.parametrize(
    ("reviews", "convicts", "expected"),
    [
        pytest.param(RuleReviews(), True, Standing.UNPROVEN, id="nobody-looked"),
        pytest.param(RuleReviews(0, 9, 0), True, Standing.UNPROVEN, id="too-few-to-tell"),
        pytest.param(RuleReviews(9, 1, 0), True, Standing.TRUSTED, id="just-enough"),
        pytest.param(RuleReviews(8, 1, 1), True, Standing.DOUBTED, id="a-change-counts-too"),
        pytest.param(RuleReviews(899, 101, 0), True, Standing.DOUBTED, id="just-below"),
        pytest.param(RuleReviews(0, 99, 0), False, Standing.SUSPECTS, id="convicts-nobody"),
    ],
)
def test_a_rule_is_trusted_by_its_reviews(
    reviews: RuleReviews, convicts: bool, expected: Standing
) -> None:
    assert standing(reviews, convicts=convicts) is expected


@pytest.mark.parametrize(
    ("outcome", "review", "said", "expected"),
    [
        (Outcome.MISSED, Review.CONFIRMED, ("", ""), "confirmed"),
        (Outcome.SUSPECT, Review.REJECTED, ("", ""), "rejected"),
        (Outcome.SUSPECT, Review.CHANGED, ("T-1", "missed"), "confirmed"),
        (Outcome.MISSED, Review.CHANGED, ("T-2", "missed"), "changed"),
        (Outcome.MISSED, Review.CHANGED, ("T-1", "met"), "changed"),
        (Outcome.MISSED, Review.NONE, ("", ""), ""),
        (Outcome.MET, Review.REJECTED, ("", ""), ""),
    ],
)
def test_a_review_bears_a_rule_out_or_not(
    outcome: Outcome, review: Review, said: tuple[str, str], expected: str
) -> None:
    assert counted_review(outcome, "T-1", review, *said) == expected


def test_misses_of_a_doubted_rule_are_suspicions_that_say_so_and_cost_nothing(
    small: Callable[..., Standard],
) -> None:
    standard = small()
    whole = inspect(standard, Facts(), RUDE)
    assert [(one.rule, one.outcome) for one in whole.verdicts] == [
        ("greeting", Outcome.MISSED),
        ("farewell", Outcome.SUSPECT),
    ]
    soft = doubting(whole, standard, {"greeting"})
    assert [one.outcome for one in soft.verdicts] == [Outcome.SUSPECT, Outcome.SUSPECT]
    assert "暂按待确认" in soft.verdicts[0].reason()
    assert "暂按待确认" not in soft.verdicts[1].reason()
    assert (whole.score, soft.score) == (0.0, None)
    assert doubting(whole, standard, {"farewell"}) == whole


def test_only_what_says_missed_can_be_doubted(small: Callable[..., Standard]) -> None:
    assert convicting_rules(small()) == {"greeting"}


@pytest.mark.parametrize(
    ("exchanged", "changed"),
    [
        pytest.param({"问候": "先问候"}, set(), id="a-title-is-none-of-it"),
        pytest.param({"您好": "你好"}, {"greeting"}, id="words-of-an-act-of-an-act"),
        pytest.param({"再见": "再会"}, {"farewell"}, id="another-act"),
        pytest.param(
            {"expect: {agent: hello}": "within: 2, expect: {agent: hello}"},
            {"greeting"},
            id="the-rule-itself",
        ),
    ],
)
def test_a_rule_is_another_one_where_it_judges_by_something_else(
    small: Callable[..., Standard], exchanged: dict[str, str], changed: set[str]
) -> None:
    before, after = rule_contents(small()), rule_contents(small(**exchanged))
    assert {rule for rule in before if before[rule] != after[rule]} == changed
