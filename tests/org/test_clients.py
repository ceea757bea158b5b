from __future__ import annotations

import pytest

from rexian.org.domain.clients import browser_of, client_address, is_this_computer

NEAR = ("127.0.0.1/32", "10.0.0.0/8")


@pytest.mark.parametrize(
    ("remote", "forwarded_for", "address"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.9, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "rubbish", "127.0.0.1"),
        ("::ffff:203.0.113.7", "", "203.0.113.7"),
        ("", "", ""),
    ],
    ids=["plain", "invented", "ours", "chain", "rubbish", "mapped", "socket"],
)
def test_a_proxy_is_believed_as_far_as_it_is_ours(
    remote: str, forwarded_for: str, address: str
) -> None:
    assert client_address(remote, forwarded_for, NEAR) == address


@pytest.mark.parametrize(
    ("address", "public_host", "was_forwarded", "answer"),
    [
        ("127.0.0.1", "localhost", False, True),
        ("::1", "127.0.0.1", False, True),
        ("192.168.1.5", "localhost", False, False),
        ("127.0.0.1", "localhost", True, False),
        ("127.0.0.1", "hotline.example.org", False, False),
        ("", "localhost", False, False),
    ],
)
def test_nobody_is_at_this_computer_who_might_come_through_a_proxy(
    address: str, public_host: str, was_forwarded: bool, answer: bool
) -> None:
    here = is_this_computer(address, public_host=public_host, was_forwarded=was_forwarded)
    assert here is answer


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Version/19 Safari/605", "Safari, macOS"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 MicroMessenger/8", "WeChat, Android"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_told_in_a_word_or_two(user_agent: str, name: str) -> None:
    assert browser_of(user_agent) == name
