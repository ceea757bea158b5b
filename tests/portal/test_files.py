"""Pictures and files: stored before anybody hears of them, and nothing but looked at."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import nothing_changes
from tests.portal.conftest import Customer

pytestmark = pytest.mark.django_db


def png() -> bytes:
    """Return a picture of one grey point."""

    def part(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    points = zlib.compress(b"\0\x7f")
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", points) + part(b"IEND", b"")


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """Keep files in a folder of the test's own."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    return tmp_path


def send(customer: Customer, key: str, content: bytes, *, name: str, sent_as: str = "f-1") -> Any:
    """Send a file as the page's script does."""
    given = {"file": SimpleUploadedFile(name, content), "sent_as": sent_as, "after": "0"}
    headers = {"Accept": "application/json"}
    return customer.browser.post(f"/chat/c/{key}/files", given, headers=headers)


def test_a_picture_can_be_looked_at_by_who_has_the_key(customer: Customer) -> None:
    key = customer.begin()
    answer = send(customer, key, png(), name="现场.png")
    assert answer.status_code == 200
    told = answer.json()["lines"][-1]["file"]
    assert (told["name"], told["picture"], told["width"]) == ("现场.png", True, 1)
    shown = customer.look(told["address"])
    assert shown["Content-Type"] == "image/png"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Referrer-Policy"] == "no-referrer"
    assert f'src="{told["address"]}"' in customer.look(f"/chat/c/{key}/").content.decode()


def test_a_key_of_another_conversation_opens_no_file(customer: Customer) -> None:
    key, other = customer.begin(), customer.begin()
    address = send(customer, key, png(), name="a.png").json()["lines"][-1]["file"]["address"]
    assert customer.look(address.replace(key, other)).status_code == 404


def test_the_same_file_sent_again_arrives_once(customer: Customer) -> None:
    key = customer.begin()
    for _ in range(2):
        lines = send(customer, key, png(), name="a.png").json()["lines"]
    assert sum(one["file"] is not None for one in lines) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", b"<script>alert(1)</script>"), ("a.svg", b"<svg/>"), ("a.zip", b"PK\3\4")],
)
def test_what_is_no_picture_and_no_pdf_is_refused_in_words(
    customer: Customer, name: str, content: bytes
) -> None:
    key = customer.begin()
    with nothing_changes():
        answer = send(customer, key, content, name=name)
    assert (answer.status_code, answer.json()["code"]) == (422, "file-not-accepted")


def test_a_file_that_is_too_large_is_not_even_read(customer: Customer) -> None:
    key = customer.begin()
    with nothing_changes():
        answer = customer.browser.post(
            f"/chat/c/{key}/files",
            data=b"",
            content_type="multipart/form-data; boundary=x",
            headers={"Accept": "application/json", "Content-Length": str(10**9)},
        )
    assert answer.status_code == 413


def test_without_a_script_a_file_is_sent_by_a_form(customer: Customer) -> None:
    key = customer.begin()
    given = {"file": SimpleUploadedFile("a.png", png()), "sent_as": "f-1"}
    answer = customer.browser.post(f"/chat/c/{key}/files", given)
    assert (answer.status_code, answer["Location"]) == (302, f"/chat/c/{key}/#end")
    nothing = customer.browser.post(f"/chat/c/{key}/files", {"sent_as": "f-2"})
    assert nothing.status_code == 422
