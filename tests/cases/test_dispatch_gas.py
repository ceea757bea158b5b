"""A fitter with a telephone: the order is entered as the work is done (GH-4.5), and signed for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

import pytest

from rexian.cases import models
from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.helping import Called, Press, Way
from rexian.cases.domain.refusals import BadSlip, Lacking
from rexian.cases.domain.standing import Source
from rexian.cases.queries import SlipShown, case, case_page
from rexian.cases.queries.notifications import notifications_of
from rexian.cases.services import Given, move_case, take_case
from rexian.cases.services.answering import FIELD, Answer, Work, answer_notification, finish_work
from rexian.cases.services.dispatching import call_crew
from rexian.contacts.services import set_up_hotline
from rexian.kernel.authority import Actor
from rexian.org.domain.people import PersonDetails, UnitDetails
from rexian.org.domain.roles import Role
from rexian.org.queries import signed_in
from rexian.org.services import join_person, open_unit
from rexian.standard.services import publish_shipped
from tests.cast import FOUNDED_AT, Cast, nothing_changes
from tests.contacts.conftest import DETAILS, NOON, QUEUES, later
from tests.once import found_once

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")
WHOLE = {
    "fault": "软管老化",
    "work": "更换软管并查漏",
    "parts": "软管1根",
    "finished_at": "14:30",
    "fitter": "邓工",
}
PAID = {**WHOLE, "fee": "85", "invoice": "no"}
DRAWING = "M10 100" + "".join(f"L{20 * n} {60 + 40 * (n % 2)}" for n in range(1, 20))
_numbers = count(1)


@dataclass(frozen=True)
class Gas:
    """The gas company's line, with a fitter."""

    cast: Cast
    unit: int
    fitter: int

    def actor(self, who: Role | None = None) -> Actor:
        """Return somebody of the house; the fitter, unless said otherwise."""
        if who is not None:
            return self.cast.actor(who)
        found = signed_in(self.fitter)
        assert found is not None
        return found.actor

    def order(self, category: str = "repair-meter") -> int:
        """Take a repair and have the fitter sign for it."""
        details = CaseDetails(
            source=Source.PERSON,
            category=category,
            title="燃气表不走字",
            name="刘女士",
            number="13700137000",
            place_text="江城花园3栋2单元501",
            sent_as=f"gas-{next(_numbers)}",
        )
        made = take_case("gas-line", details=details, actor=self.actor(Role.AGENT), at=NOON)
        self.move(made, "forward", Role.AGENT, Given(unit=self.unit))
        self.move(made, "sign", None, Given())
        return made

    def move(self, made: int, move: str, who: Role | None, given: Given) -> None:
        """Make a move."""
        version = case(made, actor=MACHINE).version
        move_case(made, move=move, given=given, version=version, actor=self.actor(who), at=NOON)

    def send(self, made: int) -> int:
        """Send the fitter the page of the order, and return the call."""
        called = Called(person=self.fitter, way=Way.PAGE, telephone="13600136000")
        call_crew(made, called=[called], sent_as=f"{made}", actor=self.actor(), at=NOON)
        return notifications_of(made, actor=MACHINE)[-1].id

    def slip(self, made: int, form: str) -> SlipShown:
        """Return a slip of a case."""
        return next(one for one in case_page(made, actor=MACHINE).slips if one.form == form)


@pytest.fixture
def gas(cast: Cast) -> Gas:
    """Return the gas company's line."""
    return found_once("gas with a fitter", lambda: _founded(cast))


def _founded(cast: Cast) -> Gas:
    machine = Actor.system("tests")
    publish_shipped(cast.organisation, names=["gas"], actor=machine, at=FOUNDED_AT)
    set_up_hotline(
        cast.units["centre"],
        details=replace(DETAILS, code="gas-line", standard="gas"),
        queues=QUEUES,
        actor=cast.actor(Role.MANAGER),
        at=NOON,
    )
    details = UnitDetails(code="repairs", name="维修队", tier="维修队")
    unit = open_unit(cast.units["east"], details=details, actor=machine, at=FOUNDED_AT)
    who = PersonDetails(sign_in="dengtao", name="邓涛")
    fitter = join_person(unit, details=who, roles=[Role.HANDLER], actor=machine, at=FOUNDED_AT)
    return Gas(cast, unit, fitter)


def arrive(call: int, at: datetime = NOON) -> None:
    """Press that one has arrived."""
    answer_notification(call, answer=Answer(press=Press.ARRIVED), actor=FIELD, at=at)


def test_the_order_is_entered_as_the_work_is_done_and_the_case_is_finished(gas: Gas) -> None:
    made = gas.order()
    call = gas.send(made)
    arrive(call, later(600))
    assert case(made, actor=MACHINE).state == "on-site"
    work = Work(text="已更换软管。", values=WHOLE)
    assert finish_work(call, work=work, actor=FIELD, at=later(3000)) == "done"
    shown = case(made, actor=MACHINE)
    assert (shown.state, shown.resolved_at) == ("resolved", later(3000))
    slip = gas.slip(made, "repair-order")
    assert (slip.values["work"], slip.filled_at) == ("更换软管并查漏", later(3000))
    step = case_page(made, actor=MACHINE).steps[-1]
    assert (step.move, step.person, step.text) == ("finish", gas.fitter, "已更换软管。")


def test_done_again_is_done_once(gas: Gas) -> None:
    made = gas.order()
    call = gas.send(made)
    finish_work(call, work=Work(text="好了", values=WHOLE), actor=FIELD, at=later(60))
    with nothing_changes():
        finish_work(call, work=Work(text="好了", values=WHOLE), actor=FIELD, at=later(90))


def test_what_the_order_lacks_is_said_by_its_field_and_nothing_is_done(gas: Gas) -> None:
    made = gas.order("repair-paid")
    call = gas.send(made)
    wrong = Work(text="好了", values={**PAID, "fee": "很多"}, signer="刘女士")
    with nothing_changes(), pytest.raises(BadSlip) as refused:
        finish_work(call, work=wrong, actor=FIELD, at=later(60))
    assert refused.value.details["field"] == "fee"
    with nothing_changes(), pytest.raises(Lacking):
        finish_work(call, work=Work(text=" ", values=PAID), actor=FIELD, at=later(60))


def test_the_customer_signs_by_drawing(gas: Gas) -> None:
    made = gas.order("repair-paid")
    call = gas.send(made)
    work = Work(text="好了", values=PAID, signer="刘女士", drawing=DRAWING)
    finish_work(call, work=work, actor=FIELD, at=later(60))
    slip = gas.slip(made, "paid-repair-order")
    assert (slip.signer, slip.signed_at) == ("刘女士", later(60))
    assert slip.signature.startswith("<svg ")
    assert case(made, actor=MACHINE).state == "resolved"


def test_a_typed_name_will_do_where_nobody_can_draw(gas: Gas) -> None:
    made = gas.order("repair-paid")
    call = gas.send(made)
    finish_work(call, work=Work(text="好了", values=PAID, signer="刘女士"), actor=FIELD, at=NOON)
    assert gas.slip(made, "paid-repair-order").signer == "刘女士"


def test_where_the_customer_has_to_sign_and_did_not_the_case_waits(gas: Gas) -> None:
    made = gas.order("repair-paid")
    call = gas.send(made)
    finish_work(call, work=Work(text="客户不在", values=PAID), actor=FIELD, at=later(60))
    assert case(made, actor=MACHINE).state == "handling"
    assert gas.slip(made, "paid-repair-order").values["fee"] == "85"


@pytest.mark.parametrize(
    "drawing",
    ["M1 1", 'M1 1"/><script>', "M1 1L2 2" * 6000, "M1 1L2 2", "M1 1L99999 2" + "L1 1" * 9],
)
def test_what_is_no_drawing_is_no_signature(gas: Gas, drawing: str) -> None:
    made = gas.order("repair-paid")
    call = gas.send(made)
    work = Work(text="好了", values=PAID, signer="刘女士", drawing=drawing)
    with nothing_changes(), pytest.raises(BadSlip):
        finish_work(call, work=work, actor=FIELD, at=later(60))
    assert not models.Slip.objects.filter(case=made, form="paid-repair-order").exists()
