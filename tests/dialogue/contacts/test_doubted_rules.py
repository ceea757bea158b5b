"""A rule that inspectors confirm too seldom only suspects, and says so; it is trusted again."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from rexian.clockwork.services.working import Worker
from rexian.dialogue.adapters.rule_days import RuleKey, add_to_days
from rexian.dialogue.domain.honesty import Standing
from rexian.dialogue.domain.replays import ReplayState
from rexian.dialogue.domain.rule_contents import rule_contents
from rexian.dialogue.models import ContactInspection, DoubtedRule, Finding, RuleDay
from rexian.dialogue.queries.clauses import Period, Sought, contacts_with, figures_of
from rexian.dialogue.queries.findings import FindingShown, inspection_of
from rexian.dialogue.queries.replays import replay
from rexian.dialogue.queries.rules import rules_of
from rexian.dialogue.services.replaying import Span, replay_version
from rexian.dialogue.services.reviewing import change_finding, confirm_finding, reject_finding
from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.queries.published import load_version
from tests.cast import Cast, recorded
from tests.dialogue.contacts.conftest import Talk, later

pytestmark = pytest.mark.django_db
RUDE = "喂，不知道。"
FORBIDDEN = "HW-3.12"
DAY = date(2026, 11, 23)


def ended(talk: Talk) -> Talk:
    """Return a contact in which a forbidden word was said, over and inspected."""
    talk.says(RUDE)
    talk.ends()
    Worker("tests").tick(later(talk.clock))
    return talk


def the_miss(talk: Talk, inspector: Actor) -> FindingShown:
    """Return what was found of the forbidden word."""
    shown = inspection_of(talk.id, actor=inspector, language="zh-Hans")
    assert shown is not None
    return next(one for one in shown.findings if one.clause == FORBIDDEN)


def key_of(one: FindingShown, organisation: int, version: int) -> RuleKey:
    """Return where the rule of a finding is counted."""
    content = rule_contents(load_version(version))[one.rule]
    return RuleKey(organisation, "highway", DAY, one.rule, content, one.clause)


def test_counts_are_those_of_the_findings_whatever_happens(talk: Talk, inspector: Actor) -> None:
    ended(talk)
    confirm_finding(the_miss(talk, inspector).id, version=1, actor=inspector, at=later(200))
    talk.records(case_type="complaint")
    Worker("tests").tick(later(talk.clock))
    found = sorted(Finding.objects.values_list("clause", "rule", "outcome"))
    counted = []
    for row in RuleDay.objects.all():
        for outcome in ("met", "missed", "suspect", "undecided"):
            counted += [(row.clause, row.rule, outcome)] * getattr(row, outcome)
    assert sorted(counted) == found
    assert {row.day for row in RuleDay.objects.all()} == {DAY}
    assert sum(row.confirmed for row in RuleDay.objects.all()) == 1


def test_a_rule_is_doubted_by_the_review_that_tips_the_balance_and_trusted_again(
    talk: Talk, inspector: Actor, standard: int
) -> None:
    one = the_miss(ended(talk), inspector)
    organisation = talk.house.cast.organisation
    key = key_of(one, organisation, standard)
    add_to_days({key: {"confirmed": 8, "rejected": 1}})
    reject_finding(one.id, version=1, actor=inspector, at=later(200))
    row = DoubtedRule.objects.get()
    assert (row.rule, row.reviewed, row.confirmed) == (one.rule, 10, 8)
    (entry,) = recorded("dialogue.rule_doubted")
    assert entry.data | {"standard": "", "rule": ""} == {
        "standard": "", "rule": "", "clause": FORBIDDEN, "reviewed": 10, "confirmed": 8,
    }  # fmt: skip
    shown = rules_of(organisation, load_version(standard), actor=inspector)[0]
    assert (shown.rule, shown.standing, shown.needs_attention) == (one.rule, Standing.DOUBTED, True)
    change_finding(
        one.id,
        outcome="missed",
        clause=FORBIDDEN,
        note="确实",
        version=2,
        actor=inspector,
        at=later(300),
    )
    assert DoubtedRule.objects.get().trusted_at == later(300)
    assert len(recorded("dialogue.rule_trusted")) == 1


@pytest.fixture
def doubted(cast: Cast, standard: int) -> str:
    """Have the rule on forbidden words be doubted; one on greetings was, before it was changed."""
    rules = load_version(standard).pack.rules()
    contents = rule_contents(load_version(standard))
    forbidden = next(one.id for one in rules if one.clause == FORBIDDEN)
    for rule, content in ((forbidden, contents[forbidden]), ("highway-greeting", "as it was")):
        DoubtedRule.objects.create(
            organisation_id=cast.organisation,
            standard="highway",
            rule=rule,
            content=content,
            clause="-",
            reviewed=10,
            confirmed=8,
            doubted_at=later(0),
        )
    return forbidden


def test_a_doubted_rule_only_suspects_while_it_lasts_and_after_and_says_so(
    doubted: str, talk: Talk, inspector: Actor
) -> None:
    ended(talk)
    raised = [entry.data for entry in recorded("dialogue.suspicion_raised")]
    assert {one["outcome"] for one in raised if one["rule"] == doubted} == {"suspect"}
    one = the_miss(talk, inspector)
    assert (one.outcome, "暂按待确认" in one.why) == (Outcome.SUSPECT, True)
    assert ContactInspection.objects.get().doubted == [doubted]
    assert Finding.objects.get(rule="highway-greeting").outcome == "missed"


def test_what_is_inspected_again_is_doubted_as_the_first_time(
    talk: Talk, inspector: Actor, standard: int
) -> None:
    one = the_miss(ended(talk), inspector)
    key = key_of(one, talk.house.cast.organisation, standard)
    add_to_days({key: {"rejected": 9}})
    reject_finding(one.id, version=1, actor=inspector, at=later(200))
    assert DoubtedRule.objects.filter(trusted_at=None).exists()
    talk.records(case_type="complaint")
    Worker("tests").tick(later(talk.clock))
    assert [row.outcome for row in Finding.objects.filter(clause=FORBIDDEN)] == ["missed"]


def test_a_clause_shows_how_it_was_kept_and_in_which_contacts_one_sees(
    talk: Talk, inspector: Actor
) -> None:
    ended(talk)
    house = talk.house
    organisation = house.cast.organisation
    zone = house.cast.person(Role.INSPECTOR).time_zone
    period = Period(date(2026, 11, 1), date(2026, 11, 30), ZoneInfo(zone))
    figures = figures_of(organisation, "highway", period=period, actor=inspector)
    one = figures[FORBIDDEN]
    assert (one[Outcome.MISSED], one.share, one.trend[4]) == (1, 0.0, (0, 1))
    sought = Sought(organisation, "highway", FORBIDDEN, Outcome.MISSED, period)
    page, total = contacts_with(sought, offset=0, size=10, actor=inspector)
    assert total == 1
    assert [(found.contact.id, found.count) for found in page] == [(talk.id, 1)]
    october = Period(date(2026, 10, 1), date(2026, 10, 31), ZoneInfo(zone))
    assert figures_of(organisation, "highway", period=october, actor=inspector) == {}
    with pytest.raises(NotFound):
        figures_of(house.cast.theirs.organisation, "highway", period=period, actor=inspector)
    with pytest.raises(RightMissing):
        figures_of(organisation, "highway", period=period, actor=house.actor(Role.AGENT))


def test_a_contact_is_replayed_by_a_worker_as_it_was_judged(
    talk: Talk, inspector: Actor, standard: int
) -> None:
    ended(talk)
    span = Span(DAY, DAY, DAY)
    made = replay_version(standard, span=span, actor=inspector, at=later(500))
    Worker("tests").tick(later(501))
    shown = replay(made, actor=inspector)
    assert (shown.state, shown.done, shown.changed) == (ReplayState.DONE, 1, 0)
