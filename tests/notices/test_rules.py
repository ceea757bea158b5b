"""What a notice may say, how long it may stay up, and whom it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rexian.kernel.errors import Invalid
from rexian.notices.domain.notices import notice_end, notice_text, units_of
from tests.cast import NOW


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("G5 北向封闭", "G5 北向封闭"),
        ("  两行 \r\n 第二行  ", "两行\n第二行"),
        ("a\tb\x00c", "a b c"),
        ("字" * 500, "字" * 500),
        (" " * 600 + "字", "字"),
    ],
)
def test_a_text_is_kept_plain_with_its_lines_trimmed(text: str, kept: str) -> None:
    assert notice_text(text) == kept


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "字" * 501])
def test_a_text_that_says_nothing_or_too_much_is_invalid(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        notice_text(text)
    assert caught.value.details["field"] == "text"


@pytest.mark.parametrize("span", [timedelta(seconds=1), timedelta(days=90)])
def test_a_notice_may_stay_up_for_ninety_days(span: timedelta) -> None:
    assert notice_end(NOW + span, at=NOW) == NOW + span


@pytest.mark.parametrize("span", [timedelta(), timedelta(days=-1), timedelta(days=90, seconds=1)])
def test_an_end_in_the_past_or_too_far_off_is_invalid(span: timedelta) -> None:
    with pytest.raises(Invalid) as caught:
        notice_end(NOW + span, at=NOW)
    assert caught.value.details["field"] == "until_at"


@pytest.mark.parametrize(
    ("paths", "units"),
    [((), set()), (("/",), set()), (("/1/4/17/",), {1, 4, 17}), (("/1/4/", "/1/5/"), {1, 4, 5})],
)
def test_a_notice_concerns_those_in_its_unit_and_below(
    paths: tuple[str, ...], units: set[int]
) -> None:
    assert units_of(paths) == units
