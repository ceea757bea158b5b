"""A sample from its draw to the agreement: blind, once each, nobody's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import Invalid, NotFound
from rexian.org.domain.roles import Role
from rexian.quality.domain.answers import AnsweredMeanwhile, BadAnswer, Machine, Said
from rexian.quality.domain.sampling import EmptySample
from rexian.quality.queries.samples import (
    agreement_on,
    is_blind,
    sample,
    sampled,
    sampled_contacts,
    samples_page,
)
from rexian.quality.services.answering import (
    Given,
    answer_contact,
    give_back,
    keep_answers,
    take_next,
)
from rexian.quality.services.drawing import close_sample, draw_sample
from tests.cast import OUTSIDER, Cast, nothing_changes, recorded
from tests.dialogue.contacts.conftest import later
from tests.dialogue.contacts.test_findings import a_miss
from tests.quality.conftest import PLAN

pytestmark = pytest.mark.django_db
LATE = later(5000)


@pytest.fixture
def drawn(cast: Cast, heard: tuple[int, int], inspector: Actor) -> int:
    """Return a sample of both contacts."""
    del heard
    return draw_sample(cast.organisation, PLAN, actor=inspector, at=LATE)


def everything(sample_id: int, actor: Actor, *broken: str) -> dict[str, Given]:
    """Return an answer to all that is asked, with faults on the clauses named."""
    asked = sample(sample_id, actor=actor).clauses
    return {one: Given(Said.BROKEN if one in broken else Said.NO_FAULT) for one in asked}


def test_a_sample_goes_from_its_draw_to_the_agreement(
    cast: Cast, drawn: int, heard: tuple[int, int], inspector: Actor
) -> None:
    shown = sample(drawn, actor=inspector)
    assert (shown.contacts, shown.candidates, shown.answered) == (2, 2, 0)
    assert "HW-3.12" in shown.clauses
    assert recorded("quality.sample_drawn")[-1].data["candidates"] == 2

    for _ in range(2):
        contact = take_next(drawn, actor=inspector, at=LATE)
        assert contact is not None
        assert is_blind(contact, actor=inspector)
        assert not is_blind(contact, actor=cast.actor(Role.MANAGER))
        rude = ("HW-3.12",) if contact == heard[0] else ()
        answers = everything(drawn, inspector, *rude)
        answer_contact(drawn, contact, answers=answers, actor=inspector, at=LATE)
        assert not is_blind(contact, actor=inspector)
    assert take_next(drawn, actor=inspector, at=LATE) is None

    agreed = {one.clause: one for one in agreement_on(drawn, actor=inspector)}
    words = agreed["HW-3.12"]
    assert (words.cells.both, words.cells.neither, words.kappa) == (1, 1, 1.0)
    assert [one.contact for one in sampled_contacts(drawn, actor=inspector)]


def test_what_the_machine_says_is_kept_beside_the_answer(
    drawn: int, heard: tuple[int, int], inspector: Actor
) -> None:
    contact = take_next(drawn, actor=inspector, at=LATE)
    assert contact in heard
    answers = everything(drawn, inspector)
    answer_contact(drawn, contact, answers=answers, actor=inspector, at=LATE)
    one = sampled(drawn, contact, actor=inspector)
    expected = Machine.FAULT if contact == heard[0] else Machine.NO_FAULT
    assert one.answers["HW-3.12"].machine is expected


def test_the_machine_is_silent_before_the_answer(drawn: int, inspector: Actor) -> None:
    contact = take_next(drawn, actor=inspector, at=LATE) or 0
    given = {"HW-3.12": Given(Said.BROKEN, "喂")}
    keep_answers(drawn, contact, answers=given, actor=inspector)
    one = sampled(drawn, contact, actor=inspector)
    assert one.answers["HW-3.12"].machine is None
    assert one.answers["HW-3.12"].note == "喂"
    assert take_next(drawn, actor=inspector, at=LATE) == contact, "what is begun comes first"
    assert agreement_on(drawn, actor=inspector) == ()


def test_two_inspectors_never_listen_to_the_same(cast: Cast, drawn: int, inspector: Actor) -> None:
    other = cast.actor(Role.MANAGER)
    first = take_next(drawn, actor=inspector, at=LATE) or 0
    second = take_next(drawn, actor=other, at=LATE)
    assert second not in (None, first)
    with pytest.raises(NotFound):
        sampled(drawn, first, actor=other)
    answers = everything(drawn, other)
    with nothing_changes(), pytest.raises(NotFound):
        answer_contact(drawn, first, answers=answers, actor=other, at=LATE)


def test_nobody_is_given_what_they_have_reviewed(
    drawn: int, heard: tuple[int, int], inspector: Actor
) -> None:
    from rexian.dialogue.services.reviewing import confirm_finding  # noqa: PLC0415 - tables first

    miss = a_miss(heard[0], inspector)
    confirm_finding(miss.id, version=miss.version, actor=inspector, at=LATE)
    assert take_next(drawn, actor=inspector, at=LATE) == heard[1]
    give_back(drawn, heard[1], actor=inspector, at=LATE)
    assert not is_blind(heard[1], actor=inspector)


def test_an_answer_leaves_no_clause_out_and_is_given_once(drawn: int, inspector: Actor) -> None:
    contact = take_next(drawn, actor=inspector, at=LATE) or 0
    answers = everything(drawn, inspector)
    some = dict(list(answers.items())[1:])
    odd = answers | {"XX-1": Given(Said.BROKEN)}
    with nothing_changes(), pytest.raises(BadAnswer):
        answer_contact(drawn, contact, answers=some, actor=inspector, at=LATE)
    with nothing_changes(), pytest.raises(BadAnswer):
        answer_contact(drawn, contact, answers=odd, actor=inspector, at=LATE)
    answer_contact(drawn, contact, answers=answers, actor=inspector, at=LATE)
    with nothing_changes(), pytest.raises(AnsweredMeanwhile):
        answer_contact(drawn, contact, answers=answers, actor=inspector, at=LATE)
    with nothing_changes(), pytest.raises(AnsweredMeanwhile):
        give_back(drawn, contact, actor=inspector, at=LATE)


def test_a_closed_sample_takes_no_answer(drawn: int, inspector: Actor) -> None:
    contact = take_next(drawn, actor=inspector, at=LATE) or 0
    close_sample(drawn, actor=inspector, at=LATE)
    with nothing_changes():
        close_sample(drawn, actor=inspector, at=LATE)
        assert take_next(drawn, actor=inspector, at=LATE) is None
    answers = everything(drawn, inspector)
    with nothing_changes(), pytest.raises(AnsweredMeanwhile):
        answer_contact(drawn, contact, answers=answers, actor=inspector, at=LATE)
    assert not is_blind(contact, actor=inspector)


def test_the_second_click_draws_nothing_new(
    cast: Cast, heard: tuple[int, int], inspector: Actor
) -> None:
    del heard
    first = draw_sample(cast.organisation, PLAN, sent_as="x", actor=inspector, at=LATE)
    with nothing_changes():
        again = draw_sample(
            cast.organisation, replace(PLAN, size=9), sent_as="x", actor=inspector, at=LATE
        )
    assert again == first


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": " "}, Invalid),
        ({"since": PLAN.until, "until": PLAN.since}, Invalid),
        ({"trusted_from": 0.0}, Invalid),
        ({"standard": "gas"}, EmptySample),
        ({"size": 0}, Invalid),
    ],
)
def test_a_plan_that_makes_no_sense_draws_nothing(
    cast: Cast,
    heard: tuple[int, int],
    inspector: Actor,
    changes: dict[str, object],
    error: type[Exception],
) -> None:
    del heard
    with nothing_changes(), pytest.raises(error):
        draw_sample(cast.organisation, replace(PLAN, **changes), actor=inspector, at=LATE)  # type: ignore[arg-type]


def test_only_who_may_draws_and_listens_and_others_see_nothing(
    cast: Cast, drawn: int, heard: tuple[int, int]
) -> None:
    del heard
    agent, stranger = cast.actor(Role.AGENT), cast.actor(OUTSIDER)
    for refused in (
        lambda: draw_sample(cast.organisation, PLAN, actor=agent, at=LATE),
        lambda: take_next(drawn, actor=agent, at=LATE),
        lambda: agreement_on(drawn, actor=agent),
        lambda: sample(drawn, actor=agent),
    ):
        with nothing_changes(), pytest.raises(RightMissing):
            refused()
    for unseen in (
        lambda: sample(drawn, actor=stranger),
        lambda: take_next(drawn, actor=stranger, at=LATE),
        lambda: close_sample(drawn, actor=stranger, at=LATE),
        lambda: agreement_on(drawn, actor=stranger),
    ):
        with nothing_changes(), pytest.raises((NotFound, RightMissing)):
            unseen()
    with pytest.raises(NotFound):
        sample(drawn + 999, actor=cast.actor(Role.INSPECTOR))
    assert samples_page(cast.organisation, offset=0, size=5, actor=cast.actor(Role.INSPECTOR))[1]
