from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from django.test import override_settings

from rexian.kernel.errors import NotFound
from rexian.org import models
from rexian.org.adapters.fernet import SealedByAnother, seal, unseal
from rexian.org.domain.clients import Client
from rexian.org.domain.refusals import SignInLocked, Taken, WrongField, WrongSignIn
from rexian.org.domain.second_factor import matching_step, typed_code
from rexian.org.queries import Owed, organisation, second_factor_of
from rexian.org.services import (
    OrganisationSettings,
    begin_second_factor,
    change_organisation,
    confirm_second_factor,
    make_backup_codes,
    recognise_code,
    recognise_person,
    remove_own_second_factor,
    remove_second_factor,
)
from tests.cast import NOW, OUTSIDER, PASSWORD, Cast, nothing_changes, recorded

SECRET = "JBSWY3DPEHPK3PXP" * 2
HALF_MINUTE = timedelta(seconds=30)
WRONG = "wrong"
HERE = Client(address="127.0.0.1", is_here=True)


@pytest.mark.parametrize("typed", ["123 456", "１２３４５６", "123-456"])
def test_a_code_is_read_as_it_was_meant(typed: str) -> None:
    assert typed_code(typed) == "123456"


@pytest.mark.parametrize(
    ("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_is_good_in_its_half_minute_and_those_beside_it(steps: int, good: bool) -> None:
    code = pyotp.TOTP(SECRET).at(NOW + steps * HALF_MINUTE)
    assert (matching_step(SECRET, code, at=NOW, last_step=0) is not None) is good


def test_a_code_is_good_once() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    step = matching_step(SECRET, code, at=NOW, last_step=0)
    assert step is not None
    assert matching_step(SECRET, code, at=NOW, last_step=step) is None


def test_what_is_sealed_is_read_by_the_same_secret_and_purpose_alone() -> None:
    sealed = seal("geheim", purpose="tests")
    assert "geheim" not in sealed
    assert unseal(sealed, purpose="tests") == "geheim"
    with pytest.raises(SealedByAnother):
        unseal(sealed, purpose="other")
    with override_settings(SECRET_KEY="another" * 10), pytest.raises(SealedByAnother):
        unseal(sealed, purpose="tests")


def telephone(cast: Cast, role: str = "agent") -> pyotp.TOTP:
    begin_second_factor(cast.id(role), actor=cast.actor(role), at=NOW)
    shown = second_factor_of(cast.id(role))
    assert shown is not None
    assert parse_qs(urlsplit(shown.address).query)["secret"] == [shown.secret]
    return pyotp.TOTP(shown.secret)


def confirmed(cast: Cast, role: str = "agent") -> tuple[pyotp.TOTP, tuple[str, ...]]:
    phone = telephone(cast, role)
    codes = confirm_second_factor(cast.id(role), code=phone.at(NOW), actor=cast.actor(role), at=NOW)
    return phone, codes


@pytest.mark.django_db
def test_a_telephone_counts_once_its_first_code_has_come(cast: Cast) -> None:
    agent = cast.id("agent")
    phone = telephone(cast)
    assert not recognise_person("wangfang", password=PASSWORD, client=HERE, at=NOW).needs_code
    with pytest.raises(WrongField):
        confirm_second_factor(agent, code="000000", actor=cast.actor("agent"), at=NOW)
    codes = confirm_second_factor(agent, code=phone.at(NOW), actor=cast.actor("agent"), at=NOW)
    assert len(set(codes)) == 10
    assert recognise_person("wangfang", password=PASSWORD, client=HERE, at=NOW).needs_code
    assert phone.secret not in str(list(models.SecondFactor.objects.values_list()))
    assert not any(one in str(list(models.BackupCode.objects.values_list())) for one in codes)
    with nothing_changes(), pytest.raises(Taken):
        begin_second_factor(agent, actor=cast.actor("agent"), at=NOW)


@pytest.mark.django_db
def test_no_code_opens_the_door_twice(cast: Cast) -> None:
    agent = cast.id("agent")
    phone, codes = confirmed(cast)
    with pytest.raises(WrongSignIn):
        recognise_code(agent, code=phone.at(NOW), at=NOW)
    later = NOW + HALF_MINUTE
    recognise_code(agent, code=phone.at(later), at=later)
    with pytest.raises(WrongSignIn):
        recognise_code(agent, code=phone.at(later), at=later)
    recognise_code(agent, code=codes[0].upper(), at=later)
    with pytest.raises(WrongSignIn):
        recognise_code(agent, code=codes[0], at=later)
    assert recorded("org.backup_code_used")[0].data == {"left": 9}


@pytest.mark.django_db
def test_guessing_codes_is_locked(cast: Cast) -> None:
    phone, _ = confirmed(cast)
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            recognise_code(cast.id("agent"), code="000000", at=NOW)
    later = NOW + HALF_MINUTE
    with pytest.raises(SignInLocked):
        recognise_code(cast.id("agent"), code=phone.at(later), at=later)


@pytest.mark.django_db
def test_new_backup_codes_make_the_earlier_ones_void(cast: Cast) -> None:
    _, codes = confirmed(cast)
    new = make_backup_codes(cast.id("agent"), actor=cast.actor("agent"), at=NOW)
    with pytest.raises(WrongSignIn):
        recognise_code(cast.id("agent"), code=codes[0], at=NOW)
    recognise_code(cast.id("agent"), code=new[0], at=NOW)


@pytest.mark.django_db
def test_removing_asks_for_the_password_or_an_administrator(cast: Cast) -> None:
    agent, own = cast.id("agent"), cast.actor("agent")
    confirmed(cast)
    with pytest.raises(WrongField):
        remove_own_second_factor(agent, password=WRONG, actor=own, at=NOW)
    with nothing_changes(), pytest.raises(NotFound):
        remove_second_factor(agent, actor=cast.actor(OUTSIDER), at=NOW)
    remove_second_factor(agent, actor=cast.actor("administrator"), at=NOW)
    assert second_factor_of(agent) is None
    confirmed(cast)
    remove_own_second_factor(agent, password=PASSWORD, actor=own, at=NOW)
    assert second_factor_of(agent) is None


@pytest.mark.django_db
def test_nobody_sets_up_somebody_elses_telephone(cast: Cast) -> None:
    with nothing_changes(), pytest.raises(NotFound):
        begin_second_factor(cast.id("agent"), actor=cast.actor("administrator"), at=NOW)


@pytest.mark.django_db
def test_an_organisation_can_require_it_of_its_administrators(cast: Cast) -> None:
    admin = cast.actor("administrator")
    shown = organisation(admin)
    settings = OrganisationSettings(
        name=shown.name,
        time_zone=shown.time_zone,
        language=shown.language,
        administrators_need_codes=True,
    )
    with nothing_changes(), pytest.raises(NotFound):
        change_organisation(
            shown.id, settings=settings, version=shown.version, actor=cast.actor(OUTSIDER), at=NOW
        )
    change_organisation(shown.id, settings=settings, version=shown.version, actor=admin, at=NOW)
    assert recorded()[0].data == {"changed": ["administrators_need_codes"]}
    assert cast.person("administrator").owes is Owed.SECOND_FACTOR
    assert cast.person("agent").owes is None
    confirmed(cast, "administrator")
    assert cast.person("administrator").owes is None
