from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from rexian.account.reactions import mail_password_link
from rexian.journal.domain.entries import Entry
from rexian.journal.models import Entry as Row
from rexian.org.domain.people import PersonDetails
from rexian.org.queries import owner_of_link
from rexian.org.services import change_person
from tests.cast import Cast, recorded

pytestmark = pytest.mark.django_db
WITH_MAIL = override_settings(
    CONFIGURATION=replace(settings.CONFIGURATION, mail=urlsplit("smtp://localhost"))
)


def has_address(cast: Cast) -> None:
    details = PersonDetails(
        sign_in="wangfang", name="王芳", agent_number="1001", email="wang@example.org"
    )
    admin, at = cast.actor("administrator"), timezone.now()
    change_person(cast.id("agent"), details=details, version=1, actor=admin, at=at)


def entry_of(row: Row) -> Entry:
    return Entry(row.id, row.at, row.actor, row.name, row.subject, row.organisation)


@WITH_MAIL
def test_a_forgotten_password_is_answered_by_mail_once(client: Client, cast: Cast) -> None:
    has_address(cast)
    answer = client.post("/account/forgotten/", {"who": "wangfang"})
    assert answer["Location"] == "/account/forgotten/?done=asked"
    (row,) = recorded("org.password_link_asked")
    mail_password_link(entry_of(row))
    mail_password_link(entry_of(row))
    (sent,) = mail.outbox
    assert sent.to == ["wang@example.org"]
    (token,) = re.findall(r"http://localhost:8000/account/set-password/([\w-]+)/", str(sent.body))
    assert owner_of_link(token, at=timezone.now()).sign_in == "wangfang"
    assert token not in str(list(Row.objects.values_list()))


@WITH_MAIL
def test_the_answer_is_the_same_for_somebody_unknown(client: Client, cast: Cast) -> None:
    has_address(cast)
    answers = [
        client.post("/account/forgotten/", {"who": who})
        for who in ("wangfang", "nobody", "lost@example.org")
    ]
    assert len({(one.status_code, one["Location"]) for one in answers}) == 1
    assert client.post("/account/forgotten/", {"who": ""}).status_code == 422


def test_nothing_is_sent_without_a_mail_server(cast: Cast) -> None:
    has_address(cast)
    person = cast.id("agent")
    at = timezone.now()
    entry = Entry(1, at, "system:door", "org.password_link_asked", f"person:{person}", None)
    mail_password_link(entry)
    assert mail.outbox == []
