from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from rexian.site.bodies import LimitedBodies
from tests.loops import run_apart


def given(*chunks: bytes, length: int | None = None, most: int = 10) -> list[Mapping[str, Any]]:
    """Return what an application is given of a body that is sent in ``chunks``."""
    sent = iter(
        [{"type": "http.request", "body": one, "more_body": True} for one in chunks]
        + [{"type": "http.request", "body": b"", "more_body": False}]
    )
    received: list[Mapping[str, Any]] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001
        while not received or received[-1].get("more_body"):
            received.append(await receive())

    async def receive() -> Mapping[str, Any]:
        return next(sent)

    async def send(message: Mapping[str, Any]) -> None:
        raise AssertionError(message)

    headers = [] if length is None else [(b"content-length", str(length).encode())]
    scope = {"type": "http", "headers": headers}
    run_apart(LimitedBodies(application, most=most)(scope, receive, send))
    return received


def bytes_of(messages: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(one.get("body", b"") for one in messages)


def test_a_body_within_the_limit_comes_through_as_it_is() -> None:
    assert bytes_of(given(b"12345", b"67890", length=10)) == b"1234567890"


def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    assert given(b"1" * 11, length=11) == [
        {"type": "http.request", "body": b"", "more_body": False}
    ]


@pytest.mark.parametrize("length", [None, 5])
def test_a_body_that_grows_too_large_unsaid_is_cut_off(length: int | None) -> None:
    received = given(b"12345", b"678901", b"2", length=length)
    assert bytes_of(received) == b"12345"
    assert received[-1] == {"type": "http.disconnect"}
