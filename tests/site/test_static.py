"""Static files come from the package, may be kept for ever, and change their addresses."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.templatetags.static import static
from django.test import Client

from rexian.site.static import publish, static_files

STYLE = "look/tokens.css"


def test_a_file_may_be_kept_for_ever_under_todays_address(client: Client) -> None:
    answer = client.get(static(STYLE))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "Set-Cookie" not in answer
    assert "Cookie" not in answer["Vary"]


def test_an_old_address_gives_todays_file_not_to_be_kept(client: Client) -> None:
    answer = client.get(f"/static/000000000000/{STYLE}")
    assert answer.content == static_files().files[STYLE].content
    assert answer["Cache-Control"] == "public, no-cache"


def test_who_has_the_file_is_told_so(client: Client) -> None:
    tag = client.get(static(STYLE))["ETag"]
    assert client.get(static(STYLE), headers={"If-None-Match": tag}).status_code == 304


def test_a_file_goes_packed_to_whoever_can_unpack_it(client: Client) -> None:
    packed = client.get(static(STYLE), headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.content) == client.get(static(STYLE)).content


@pytest.mark.parametrize(
    "path", ["", "x", "x/../../settings.py", "x/look/none.css", "x//etc/passwd"]
)
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def test_the_files_can_be_written_out_for_a_proxy(tmp_path: Path) -> None:
    version = publish(tmp_path)
    assert (tmp_path / version / STYLE).read_bytes() == static_files().files[STYLE].content
    assert static(STYLE) == f"/static/{version}/{STYLE}"
