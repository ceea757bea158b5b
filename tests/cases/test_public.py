"""What customers do with their cases by themselves, and what they see of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rexian.cases.domain.customers import (
    MOST_STEPS,
    NotOffered,
    Submission,
    TooManySteps,
    WrongCase,
)
from rexian.cases.domain.refusals import Lacking
from rexian.cases.queries.keys import case_key, case_of_key
from rexian.cases.queries.public import PublicCase, cases_of_contact, public_case
from rexian.cases.services.customers import (
    Sent,
    add_to_case,
    find_case,
    press_case,
    rate_case,
    submit_case,
    withdraw_case,
)
from rexian.contacts.domain.files import BadFile
from rexian.contacts.domain.numbers import NoNumber
from rexian.kernel.errors import NotFound
from rexian.org.domain.refusals import SignInLocked
from rexian.org.domain.roles import Role
from tests.cases.conftest import NOON, Desk, later
from tests.cast import nothing_changes, recorded
from tests.portal.test_files import png

pytestmark = pytest.mark.django_db

WANTED = Submission(
    sent_as="form-of-a-browser-1",
    category="complaint-attitude",
    matter="柳村收费站3号车道收费员不找零，还骂人。",
    name="赵先生",
    number="138 0013 8000",
    place_text="柳村收费站",
)
ADDRESS = "198.51.100.7"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """Keep files in a folder of the test's own."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    return tmp_path


@pytest.fixture
def submit(desk: Desk) -> Callable[..., int]:
    """Give a function that submits a case as a customer."""

    def submitted(*, after: float = 0, files: tuple[Sent, ...] = (), **said: Any) -> int:
        submission = replace(WANTED, **said)
        return submit_case(desk.house.code, submission=submission, files=files, at=later(after))

    return submitted


def shown(case_id: int, *, after: float = 0) -> PublicCase:
    return public_case(case_id, at=later(after))


def told(case: PublicCase) -> list[str]:
    return [one.words.get("zh-Hans", one.kind) for one in case.steps]


def answered(desk: Desk, made: int) -> None:
    """Bring a complaint to where the customer is told what came out."""
    sent = {"matter": "态度生硬", "against": "3号车道收费员"}
    whole = {
        "video": "有", "cause": "交接班", "responsible": "yes", "result": "批评教育",
        "told": "已致歉", "leader": "周军", "opinion": "属实",
    }  # fmt: skip
    desk.move(made, "send-slip", Role.DISPATCHER, unit=desk.units["liucun"], values=sent)
    desk.move(made, "sign", Role.HANDLER)
    desk.move(made, "investigate", Role.HANDLER, text="录像里是临时工小刘")
    leader = desk.actor(Role.MANAGER).person
    desk.move(made, "report-leader", Role.HANDLER, text="已报周军", person=leader)
    desk.move(made, "find", Role.MANAGER, finding="true", responsible=True, text="属实")
    desk.move(made, "answer", Role.HANDLER, text="经查属实，我们向您致歉，已退还零钱。")
    desk.move(made, "return-slip", Role.HANDLER, signer="周军", values=sent | whole)


def test_what_a_customer_submits_is_a_case_of_the_portal(
    desk: Desk, submit: Callable[..., int]
) -> None:
    made = submit()
    case = desk.shown(made)
    assert (case.source, case.number, case.taken_by) == ("portal", "13800138000", None)
    assert (case.matter, case.place_text) == (WANTED.matter, WANTED.place_text)
    assert recorded("cases.case_taken")[0].actor == "customer"


def test_two_messages_214_ms_apart_are_one_case(submit: Callable[..., int]) -> None:
    first = submit(sent_as="form-of-a-browser-1")
    assert submit(sent_as="form-of-a-browser-2", after=0.214) == first
    assert len(recorded("cases.case_taken")) == 1


def test_the_same_form_sent_again_is_the_same_case(submit: Callable[..., int]) -> None:
    first = submit()
    assert submit(matter="收费员不找零。", after=3600) == first


def test_the_same_words_a_day_later_are_another_case(submit: Callable[..., int]) -> None:
    first = submit()
    assert submit(sent_as="form-of-a-browser-2", after=86_400) != first


def test_the_same_words_of_somebody_else_are_another_case(submit: Callable[..., int]) -> None:
    first = submit()
    assert submit(sent_as="form-of-a-browser-2", number="13900139000") != first


@pytest.mark.parametrize(
    ("said", "refused"),
    [({"number": "12"}, NoNumber), ({"matter": " "}, Exception), ({"category": "x"}, Exception)],
    ids=["number", "matter", "category"],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(
    submit: Callable[..., int], said: dict[str, str], refused: type[Exception]
) -> None:
    with nothing_changes(), pytest.raises(refused):
        submit(**said)


def test_pictures_are_checked_and_shown_to_the_customer(submit: Callable[..., int]) -> None:
    made = submit(files=(Sent("现场.png", png()),))
    ((picture,),) = [one.files for one in shown(made).steps]
    assert (picture.name, picture.is_picture) == ("现场.png", True)
    assert submit(files=(Sent("现场.png", png()),)) == made
    assert len(shown(made).steps[0].files) == 1
    with pytest.raises(BadFile):
        add_to_case(made, text="", files=(Sent("a.png", b"<svg/>"),), sent_as="a", at=NOON)


def test_a_case_is_found_by_its_number_and_the_telephone_number(
    desk: Desk, submit: Callable[..., int]
) -> None:
    made = submit()
    reference = desk.shown(made).reference
    key = find_case(
        desk.house.code,
        reference=reference.replace("-", " "),
        number="+86 13800138000",
        address=ADDRESS,
        at=NOON,
    )
    assert key == case_key(made)
    assert case_of_key(key) == made


@pytest.mark.parametrize("wrong", ["1-0", "0", "x", "1-" + "0" * 40, "9" * 30 + "-0", "-", "٣-1"])
def test_a_wrong_key_opens_nothing(wrong: str) -> None:
    with pytest.raises(NotFound):
        case_of_key(wrong)


def test_a_wrong_combination_says_nothing_about_which_is_wrong(
    desk: Desk, submit: Callable[..., int]
) -> None:
    reference = desk.shown(submit()).reference
    sentences = set()
    for number, asked in ((reference, "13900139000"), ("261122-0000-0000", "13800138000"),
                          (reference, "no number"), ("no number", "13800138000")):  # fmt: skip
        with pytest.raises(WrongCase) as refused:
            find_case(desk.house.code, reference=asked and number, number=asked,
                      address=ADDRESS, at=NOON)  # fmt: skip
        sentences.add(str(refused.value))
    assert len(sentences) == 1


def test_guessing_is_throttled_by_the_case_and_by_the_address(
    desk: Desk, submit: Callable[..., int]
) -> None:
    reference = desk.shown(submit()).reference

    def guess(number: str, address: str) -> None:
        find_case(desk.house.code, reference=reference, number=number, address=address, at=NOON)

    for attempt in range(10):
        with pytest.raises(WrongCase):
            guess("13900139000", f"198.51.100.{attempt}")
    with pytest.raises(SignInLocked):  # from anywhere, and with the right one too
        guess("13800138000", "203.0.113.9")


def test_another_organisations_hotline_finds_nothing(
    desk: Desk, submit: Callable[..., int]
) -> None:
    reference = desk.shown(submit()).reference
    with pytest.raises(NotFound):
        find_case("no-such", reference=reference, number="13800138000", address=ADDRESS, at=NOON)


def test_the_public_sees_the_words_of_the_flow_and_nothing_internal(
    desk: Desk, submit: Callable[..., int]
) -> None:
    made = submit()
    answered(desk, made)
    case = shown(made)
    assert told(case) == ["已受理", "已转相关单位", "正在调查", "已答复您", "已处理，将与您核实"]
    assert case.steps[3].text == "经查属实，我们向您致歉，已退还零钱。"
    whole = repr(case)
    for internal in ("周军", "小刘", "柳村收费站收费", "收费管理科", "客户服务中心", "13800138000"):
        assert internal not in whole
    assert (case.where.stage, case.where.standing, case.number) == (
        "answered",
        "resolved",
        "138****8000",
    )


def test_what_others_wrote_down_is_not_shown_as_the_customers_words(desk: Desk) -> None:
    case = shown(desk.take(matter="客户情绪激动，疑似职业投诉"))
    assert "职业投诉" not in repr(case)
    assert case.subject["zh-Hans"]


def test_the_customer_is_told_by_when_they_hear_and_that_it_is_late(
    submit: Callable[..., int],
) -> None:
    made = submit()
    first = shown(made).where
    assert first.due_at is not None
    assert not first.is_late
    late = public_case(made, at=first.due_at + timedelta(minutes=1)).where
    assert late.is_late


def test_a_customer_adds_presses_and_withdraws_as_the_flow_offers_it(
    desk: Desk, submit: Callable[..., int]
) -> None:
    made = submit()
    assert shown(made).acts == {"press", "add", "withdraw"}
    add_to_case(made, text="车牌云A12345", files=(Sent("p.png", png()),), sent_as="a-1", at=NOON)
    assert add_to_case(made, text="车牌云A12345", sent_as="a-1", at=NOON) == 2
    press_case(made, at=NOON)
    assert press_case(made, at=later(60)) == 3
    added = shown(made).steps[1]
    assert (added.text, added.is_theirs, len(added.files)) == ("车牌云A12345", True, 1)
    assert (desk.shown(made).pressed, desk.shown(made).added) == (1, 1)
    with pytest.raises(Lacking):
        withdraw_case(made, reason=" ", sent_as="w-1", at=later(90))
    withdraw_case(made, reason="已解决", sent_as="w-1", at=later(90))
    case = shown(made)
    assert (case.where.words["zh-Hans"], case.where.stage, case.acts) == (
        "已按您的要求撤销",
        "settled",
        frozenset(),
    )
    with pytest.raises(NotOffered):
        press_case(made, at=later(3600))


def test_a_customer_does_not_lose_to_somebody_who_moves_the_case_meanwhile(
    desk: Desk, submit: Callable[..., int]
) -> None:
    made = submit()
    desk.move(made, "interim", Role.DISPATCHER, text="正在核实")
    withdraw_case(made, reason="算了", sent_as="w-1", at=NOON)
    assert desk.shown(made).standing == "closed"


def test_solved_confirms_and_is_credited_to_whoever_had_it_then(
    desk: Desk, submit: Callable[..., int]
) -> None:
    made = submit()
    assert not shown(made).may_rate
    with pytest.raises(NotOffered):
        rate_case(made, solved=True, satisfied=5, why="", sent_as="r-0", at=NOON)
    answered(desk, made)
    assert shown(made).may_rate
    seq = rate_case(made, solved=True, satisfied=4, why="谢谢", sent_as="r-1", at=NOON)
    assert rate_case(made, solved=True, satisfied=1, why="", sent_as="r-1", at=NOON) == seq - 1
    case = desk.shown(made)
    assert (case.state, case.solved, case.satisfied) == ("to-archive", True, 4)
    (rated,) = recorded("cases.case_rated")
    assert rated.data["handler"] == desk.house.cast.id(Role.HANDLER)
    assert rated.data["unit"] == desk.units["liucun"]


def test_not_solved_is_another_round_and_says_why(desk: Desk, submit: Callable[..., int]) -> None:
    made = submit()
    answered(desk, made)
    with nothing_changes(), pytest.raises(Lacking):
        rate_case(made, solved=False, satisfied=1, why=" ", sent_as="r-1", at=NOON)
    rate_case(made, solved=False, satisfied=1, why="没有退钱", sent_as="r-2", at=NOON)
    case = desk.shown(made)
    assert (case.round, case.standing, case.solved) == (2, "open", False)
    assert shown(made).where.stage == "in-hand"


def test_a_flood_of_one_customer_is_told_to_wait(submit: Callable[..., int]) -> None:
    made = submit()
    for number in range(MOST_STEPS):
        add_to_case(made, text=f"第{number}条", sent_as=f"a-{number}", at=NOON)
    with nothing_changes(), pytest.raises(TooManySteps):
        add_to_case(made, text="再来", sent_as="a-x", at=NOON)
    add_to_case(made, text="再来", sent_as="a-x", at=NOON + timedelta(hours=1))


def test_a_case_that_was_merged_goes_on_without_telling_of_somebody_else(
    desk: Desk, submit: Callable[..., int]
) -> None:
    from rexian.cases.services import merge_case  # noqa: PLC0415 - the only test that merges

    theirs = submit(matter="别人的话", number="13900139000", sent_as="form-of-a-browser-9")
    made = submit(files=(Sent("p.png", png()),))
    merge_case(made, into=theirs, reason="同一件事", actor=desk.actor(), at=NOON)
    case = shown(made)
    assert (case.is_merged, case.goes_on, case.acts) == (True, "", frozenset())
    assert case.where.stage == "taken"
    assert "别人的话" not in repr(case)
    assert [one.files for one in shown(theirs).steps if one.files] == []
    assert WANTED.matter not in repr(shown(theirs))


def test_the_cases_of_a_chat_are_told_to_whoever_has_its_key(desk: Desk) -> None:
    contact = desk.house.arrival()
    made = desk.take(contact=contact)
    (link,) = cases_of_contact(contact)
    assert (link.reference, link.key) == (desk.shown(made).reference, case_key(made))
