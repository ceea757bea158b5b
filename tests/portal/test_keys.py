"""The key of a conversation: nothing without it, and it stays where it is."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from rexian.site.logs import JsonForm
from tests.portal.conftest import Agent, Customer

pytestmark = pytest.mark.django_db

PAGES = ("", "news", "transcript", "transcript.txt")
DEEDS = ("say", "here", "leave", "rating", "ring-back", "files")


@pytest.mark.parametrize("wrong", ["1-0", "0", "x", "1-" + "0" * 40, "9" * 30 + "-0", "-", "٣-1"])
def test_a_wrong_key_opens_nothing(customer: Customer, wrong: str) -> None:
    customer.begin()
    for page in PAGES:
        assert customer.look(f"/chat/c/{wrong}/{page}").status_code == 404
    for deed in DEEDS:
        assert customer.call(f"/chat/c/{wrong}/{deed}", {"text": "x"})[0] == 404


def test_a_key_of_one_contact_opens_no_other(customer: Customer) -> None:
    first, second = customer.begin(), customer.begin()
    mixed = second.partition("-")[0] + "-" + first.partition("-")[2]
    assert customer.look(f"/chat/c/{mixed}/").status_code == 404


def test_no_page_sets_a_cookie_or_lets_the_key_out(customer: Customer) -> None:
    key = customer.begin()
    addresses = (
        "/chat/huatong/",
        "/chat/huatong/message",
        *(f"/chat/c/{key}/{one}" for one in PAGES),
    )
    for address in addresses:
        answer = customer.look(address)
        assert not answer.cookies
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert 'content="same-origin"' not in answer.content.decode()


def test_no_line_of_the_log_has_the_key(
    customer: Customer, agent: Agent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="rexian")
    agent.ready()
    key = customer.begin()
    agent.accept(key)
    customer.says(key, "你好")
    customer.look(f"/chat/c/{key}/")
    customer.look(f"/chat/c/{key[:-1]}/")
    form = JsonForm()
    told = "\n".join(form.format(record) for record in caplog.records)
    assert "portal:conversation" in told
    assert key.partition("-")[2][:12] not in told


def test_only_sites_that_the_hotline_names_may_show_it(
    customer: Customer, hotline: Callable[..., str]
) -> None:
    code = hotline(sites=("https://www.example.org", "https://*.example.net"))
    key = customer.begin(code)
    for address in (f"/chat/{code}/", f"/chat/c/{key}/"):
        policy = customer.look(address)["Content-Security-Policy"]
        assert policy.endswith(
            "frame-ancestors 'self' https://www.example.org https://*.example.net"
        )
    assert customer.look("/chat/huatong/")["Content-Security-Policy"].endswith(
        "frame-ancestors 'self'"
    )


def test_a_form_needs_no_token_since_there_is_no_cookie_to_misuse(customer: Customer) -> None:
    customer.browser.handler.enforce_csrf_checks = True
    key = customer.begin()
    assert customer.says(key, "你好")[0] == 200
