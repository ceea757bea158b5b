"""The widget: one script for other sites."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.portal.conftest import Customer

pytestmark = pytest.mark.django_db


def test_the_script_is_kept_by_browsers_and_asked_for_again(customer: Customer) -> None:
    answer = customer.look("/widget/huatong.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"].startswith("public, max-age=300")
    assert not answer.cookies
    again = customer.look("/widget/huatong.js", **{"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_script_has_its_words_in_all_languages_and_is_small(customer: Customer) -> None:
    source = customer.look("/widget/huatong.js").content.decode()
    assert "__WORDS__" not in source
    assert all(word in source for word in ("Chat with us", '"zh-Hans"', '"zh-Hant"'))
    assert len(source.encode()) < 9 * 1024


def test_a_hotline_that_there_is_not_has_no_widget(customer: Customer) -> None:
    assert customer.look("/widget/nobody.js").status_code == 404
    assert customer.look("/widget/nobody/try").status_code == 404


def test_the_page_to_try_it_shows_the_line_to_copy(customer: Customer) -> None:
    page = customer.look("/widget/huatong/try").content.decode()
    public = settings.CONFIGURATION.public_url.geturl()
    assert f"&lt;script src=&#34;{public}/widget/huatong.js&#34; async&gt;" in page
    assert '<script src="/widget/huatong.js" async' in page
