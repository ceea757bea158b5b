"""The frame of a page, the door and the errors, with as much or as little as they are given."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from jinja2 import Environment

from rexian.look.gallery import gallery_values
from rexian.look.shapes import NavigationItem

Render = Callable[..., str]

BAD = "<script>alert(1)</script>"
STATUSES = (400, 403, 404, 409, 413, 422, 429, 500, 503)


@dataclass(frozen=True)
class Person:
    name: str = "欧阳晓岚"
    organisation_name: str = "云岭高速"


def sections(count: int) -> tuple[NavigationItem, ...]:
    return tuple(
        NavigationItem(title=f"部分{n}", href=f"/{n}", key=str(n), current=n == 1)
        for n in range(count)
    )


def test_a_page_knows_its_language_theme_and_density(shown: Render) -> None:
    text = shown("look/page.html", theme="dark", density="compact")

    assert '<html lang="zh-Hans" data-theme="dark" data-density="compact">' in text


def test_a_page_needs_nothing_but_its_request(shown: Render) -> None:
    text = shown("look/page.html")

    assert 'id="main"' in text
    assert 'class="skip" href="#main"' in text
    assert 'class="sections"' not in text


def test_whoever_is_signed_in_can_sign_out_by_a_form_with_a_token(shown: Render) -> None:
    text = shown("look/page.html", person=Person())
    (form,) = re.findall(r'<form[^>]*action="/account/sign-out/".*?</form>', text, re.DOTALL)

    assert 'method="post"' in form
    assert "csrfmiddlewaretoken" in form


def test_anybody_can_choose_a_language_and_stays_where_they_are(shown: Render) -> None:
    for name in ("look/page.html", "look/door.html", "look/error.html"):
        text = shown(name, status=404)
        (form,) = re.findall(r'<form[^>]*action="/account/language/".*?</form>', text, re.DOTALL)

        assert re.findall(r'name="language" value="([^"]+)"', form) == ["zh-Hans", "zh-Hant", "en"]
        assert 'name="next" value="/here?page=2"' in form
        assert "csrfmiddlewaretoken" in form


def test_the_section_one_is_in_is_marked_and_each_has_its_key(shown: Render) -> None:
    text = shown("look/page.html", navigation=sections(3))

    assert re.findall(r'<a href="(/\d)" aria-current="page" data-go="(\d)">', text) == [("/1", "1")]
    assert '<details class="rest">' not in text


def test_more_than_four_sections_leave_room_on_a_telephone(shown: Render) -> None:
    assert '<details class="rest">' in shown("look/page.html", navigation=sections(5))


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_says_what_happened_and_what_to_do(status: int, shown: Render) -> None:
    text = shown("look/error.html", status=status, request_id="9f2c7a10")

    assert f">{status}<" in text
    assert "9f2c7a10" in text
    assert re.search(r"<h1>\S.+</h1>\s*</div>\s*<p>\S", text)


def test_an_errors_own_sentence_comes_first_and_escaped(shown: Render) -> None:
    text = shown("look/error.html", status=409, sentence=BAD)

    assert "<h1>&lt;script&gt;" in text
    assert "<script>" not in text


def test_an_error_can_be_shown_where_nothing_is_known(templates: Environment) -> None:
    text = templates.get_template("look/error.html").render(status=500)

    assert ">500<" in text
    assert 'lang="zh-Hans"' in text


def test_the_gallery_shows_every_public_macro(templates: Environment, shown: Render) -> None:
    macros = set(vars(templates.get_template("look/macros.html").module))
    source, _, _ = templates.loader.get_source(templates, "look/gallery.html")  # type: ignore[union-attr]
    through_the_page = {"brand", "crumbs", "icon", "notices", "tabs", "fields", "field", "action"}

    assert {n for n in macros if not n.startswith("_") and f"look.{n}(" not in source} <= (
        through_the_page
    )
    assert "specimen-tree" in shown("look/gallery.html", **gallery_values())
