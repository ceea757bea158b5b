"""Slips: filled in, signed, changed with every version kept, and what came on paper."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rexian.cases.domain.refusals import BadSlip, Lacking, NotTheirMove, SlipChanged
from rexian.cases.queries.slips import Change, SlipPage, forms_of, slip_page
from rexian.cases.services.signing import Signature, attach_paper, fill_slip, sign
from rexian.kernel.errors import NotFound
from rexian.org.domain.refusals import SignInLocked, WrongField
from rexian.org.domain.roles import Role
from tests.cases.conftest import MACHINE, Desk, later
from tests.cast import OUTSIDER, nothing_changes, recorded

pytestmark = pytest.mark.django_db
FORM = "complaint-slip"
SENT = {"matter": "态度生硬", "against": "3号车道收费员"}
WHOLE = {
    **SENT,
    "video": "未使用文明用语",
    "cause": "情绪不佳",
    "responsible": "yes",
    "result": "批评教育",
    "told": "已致歉",
    "leader": "陈伟",
    "opinion": "属实",
}
DRAWING = "M10 100" + "".join(f"L{20 * n} {60 + 40 * (n % 2)}" for n in range(1, 20))
WRONG = "not-mine"
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)


def sent(desk: Desk) -> int:
    """Send a complaint with its slip to the toll station, where it is signed for."""
    made = desk.take()
    desk.move(made, "send-slip", Role.AGENT, unit=desk.units["liucun"], values=SENT)
    desk.move(made, "sign", Role.HANDLER)
    return made


def fill(
    desk: Desk, made: int, values: Mapping[str, str], *, version: int = 1,
    role: Role | str = Role.HANDLER, **missing: str,
) -> int:  # fmt: skip
    """Fill in the slip as somebody."""
    return fill_slip(
        made,
        form=FORM,
        values=values,
        missing=missing,
        version=version,
        actor=desk.actor(role),
        at=later(60),
    )


def put_name(desk: Desk, made: int, version: int, role: Role = Role.HANDLER, **how: str) -> None:
    """Sign the slip as somebody."""
    signature = Signature(**how)
    actor = desk.actor(role)
    sign(made, form=FORM, signature=signature, version=version, actor=actor, at=later(90))


def seen(made: int) -> SlipPage:
    """Return the slip with its versions."""
    return slip_page(made, FORM, actor=MACHINE)


def test_what_changed_between_versions_is_shown_and_nothing_is_lost(desk: Desk) -> None:
    made = sent(desk)
    assert fill(desk, made, {**SENT, "against": "5号车道收费员", "leader": "陈伟"}) == 2
    newest, first = seen(made).versions
    assert newest.changes == (
        Change("against", "3号车道收费员", "5号车道收费员"),
        Change("leader", "", "陈伟"),
    )
    assert (first.version, first.filled_by) == (1, desk.actor(Role.AGENT).person)
    assert [one.data["version"] for one in recorded("cases.slip_saved")] == [1, 2]


def test_the_same_again_is_no_new_version(desk: Desk) -> None:
    made = sent(desk)
    assert fill(desk, made, SENT) == 1
    assert len(seen(made).versions) == 1


def test_why_something_is_missing_is_a_change_too(desk: Desk) -> None:
    made = sent(desk)
    fill(desk, made, SENT, video="unknown")
    assert seen(made).versions[0].changes == (Change("video", "", "?unknown"),)


def test_two_who_fill_in_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    made = sent(desk)
    fill(desk, made, {**SENT, "leader": "陈伟"})
    with nothing_changes(), pytest.raises(SlipChanged):
        fill(desk, made, {**SENT, "leader": "赵敏"})


def test_what_the_form_does_not_take_is_named(desk: Desk) -> None:
    made = sent(desk)
    with nothing_changes(), pytest.raises(BadSlip) as refused:
        fill(desk, made, {**SENT, "responsible": "perhaps"})
    assert refused.value.details["field"] == "responsible"


def test_a_form_of_another_flow_is_none_of_this_case(desk: Desk) -> None:
    made = sent(desk)
    assert "urgent-form" not in {one.id for one in forms_of(desk.page(made))}
    with nothing_changes(), pytest.raises(BadSlip):
        fill_slip(
            made, form="urgent-form", values={}, missing={}, version=0,
            actor=desk.actor(Role.HANDLER), at=later(60),
        )  # fmt: skip
    with pytest.raises(NotFound):
        slip_page(made, "urgent-form", actor=MACHINE)


@pytest.mark.parametrize("role", [OUTSIDER, Role.CALLBACK_AGENT, Role.INSPECTOR])
def test_only_those_who_have_a_part_in_the_case_fill_in(desk: Desk, role: Role | str) -> None:
    made = sent(desk)
    if role is Role.CALLBACK_AGENT:  # who calls back has one
        assert fill(desk, made, {**SENT, "leader": "陈"}, role=role) == 2
        return
    with nothing_changes(), pytest.raises((NotFound, NotTheirMove)):
        fill(desk, made, {**SENT, "leader": "陈"}, role=role)


def test_a_slip_is_signed_with_ones_own_password(desk: Desk) -> None:
    made = sent(desk)
    fill(desk, made, WHOLE)
    with pytest.raises(WrongField):
        put_name(desk, made, 2, password=WRONG)
    assert seen(made).slip.signed_at is None  # type: ignore[union-attr]
    put_name(desk, made, 2, password=desk.house.cast.password)
    slip = seen(made).slip
    assert slip is not None
    assert (slip.signer, slip.signed_at, slip.signature) == ("周军", later(90), "")


def test_guessing_the_password_is_stopped_as_at_the_door(desk: Desk) -> None:
    made = sent(desk)
    fill(desk, made, WHOLE)
    for _ in range(30):
        try:
            put_name(desk, made, 2, password=WRONG)
        except WrongField:
            continue
        except SignInLocked:
            return
    pytest.fail("nobody stopped it")


def test_a_named_person_signs_by_drawing(desk: Desk) -> None:
    made = sent(desk)
    fill(desk, made, WHOLE)
    with nothing_changes(), pytest.raises(Lacking):
        put_name(desk, made, 2, drawing=DRAWING)
    put_name(desk, made, 2, drawing=DRAWING, signer="所长 马明")
    slip = seen(made).slip
    assert slip is not None
    assert slip.signer == "所长 马明"
    assert "<path d=" in slip.signature


def test_what_is_not_whole_is_not_signed(desk: Desk) -> None:
    made = sent(desk)
    with nothing_changes(), pytest.raises(BadSlip):
        put_name(desk, made, 1, drawing=DRAWING, signer="马明")


def test_a_change_after_signing_keeps_the_signed_version_and_is_unsigned(desk: Desk) -> None:
    made = sent(desk)
    fill(desk, made, WHOLE)
    put_name(desk, made, 2, drawing=DRAWING, signer="马明")
    fill(desk, made, {**WHOLE, "result": "调离岗位"}, version=2)
    page = seen(made)
    assert page.slip is not None
    assert page.slip.signed_at is None
    assert [(one.version, one.signer) for one in page.versions] == [(3, ""), (2, "马明"), (1, "")]


def test_a_slip_that_came_by_fax_is_kept_with_it(desk: Desk) -> None:
    made = sent(desk)
    handler = desk.actor(Role.HANDLER)
    for _ in range(2):
        attach_paper(made, form=FORM, name="传真.png", content=PICTURE, actor=handler, at=later(60))
    (paper,) = seen(made).papers
    assert paper.name == "传真.png"


def test_nothing_is_filled_in_once_the_case_is_over(desk: Desk) -> None:
    made = desk.take()
    desk.move(made, "withdraw", Role.AGENT, reason="不用了")
    page = slip_page(made, FORM, actor=desk.actor(Role.AGENT))
    assert not page.may_fill
