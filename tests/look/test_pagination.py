"""Pages of a list: which there are, which are offered, and where they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.look.addresses import with_query
from rexian.look.pagination import Page, page_of


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (None, 1),
        ("", 1),
        ("1", 1),
        ("3", 3),
        ("4", 4),
        ("5", 4),
        ("0", 1),
        ("-2", 1),
        ("two", 1),
        ("²", 1),
        ("٣", 1),
        ("9" * 5000, 1),
    ],
)
def test_whatever_is_asked_for_a_page_that_exists_is_shown(asked: str | None, number: int) -> None:
    assert page_of(asked, size=50, total=151).number == number


@pytest.mark.parametrize(
    ("total", "count", "first", "last"),
    [(0, 1, 0, 0), (1, 1, 1, 1), (50, 1, 1, 50), (51, 2, 1, 50)],
)
def test_a_list_has_at_least_one_page(total: int, count: int, first: int, last: int) -> None:
    page = page_of("1", size=50, total=total)

    assert (page.count, page.first_row, page.last_row) == (count, first, last)


def test_the_last_page_may_be_short() -> None:
    page = page_of("3", size=50, total=126)

    assert (page.first_row, page.last_row, page.offset) == (101, 126, 100)
    assert (page.previous, page.following) == (2, None)


@pytest.mark.parametrize(
    ("number", "pages", "window"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (1, 9, (1, 2, 3, None, 9)),
        (4, 9, (1, 2, 3, 4, 5, 6, None, 9)),
        (5, 9, (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        (6, 20, (1, None, 4, 5, 6, 7, 8, None, 20)),
        (20, 20, (1, None, 18, 19, 20)),
    ],
)
def test_both_ends_and_those_near_are_offered(
    number: int, pages: int, window: tuple[int | None, ...]
) -> None:
    assert Page(number=number, size=10, total=pages * 10).window == window


@given(st.integers(1, 10_000_000), st.integers(0, 100_000_000), st.integers(1, 500))
def test_a_window_is_small_and_has_this_page_however_long_the_list(
    number: int, total: int, size: int
) -> None:
    page = page_of(str(number), size=size, total=total)
    numbers = [one for one in page.window if one is not None]

    assert page.number in numbers
    assert len(page.window) <= 9
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1
    assert numbers[-1] == page.count


def test_another_page_keeps_the_filters_and_the_order() -> None:
    page = page_of("2", size=10, total=100, query="unit=a%26b&page=2&sort=-name&unit=c")

    assert page.address(3) == "?unit=a%26b&sort=-name&unit=c&page=3"
    assert page.address(1) == "?unit=a%26b&sort=-name&unit=c"


def test_an_address_without_anything_is_still_this_page() -> None:
    assert with_query("page=2", page=None) == "?"
