"""The order of a table, as its address says it."""

from __future__ import annotations

import pytest

from rexian.look.shapes import Column
from rexian.look.sorting import Sorting, sorting_of

NAME = Column(title="姓名", name="name")
JOINED = Column(title="到岗", name="joined")
NOTE = Column(title="备注")
COLUMNS = (NAME, JOINED, NOTE)


@pytest.mark.parametrize(
    ("asked", "name", "descending"),
    [
        ("name", "name", False),
        ("-name", "name", True),
        (None, "joined", True),
        ("", "joined", True),
        ("password", "joined", True),
        ("--name", "joined", True),
        ("-", "joined", True),
    ],
)
def test_a_table_is_sorted_only_by_columns_that_can_be(
    asked: str | None, name: str, descending: bool
) -> None:
    sorting = sorting_of(asked, COLUMNS, default="-joined")

    assert (sorting.name, sorting.descending) == (name, descending)


def test_a_second_press_turns_the_order_round_and_begins_at_the_first_page() -> None:
    sorting = Sorting("name", query="unit=1&sort=name&page=4")

    assert sorting.address(NAME) == "?unit=1&sort=-name"
    assert sorting.address(JOINED) == "?unit=1&sort=joined"
    assert Sorting("name", descending=True).address(NAME) == "?sort=name"


def test_only_the_column_that_is_sorted_by_has_a_direction() -> None:
    sorting = Sorting("name", descending=True)

    assert [sorting.direction(one) for one in COLUMNS] == ["descending", "", ""]
