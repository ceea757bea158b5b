from __future__ import annotations

import pytest

from rexian.kernel.errors import Invalid
from rexian.org.domain.refusals import CircularMove
from rexian.org.domain.tree import depth, is_within, moved, path_below, refuse_circle


def test_a_path_is_the_ids_from_the_top_down() -> None:
    assert path_below("/", 1) == "/1/"
    assert path_below("/1/4/", 17) == "/1/4/17/"
    assert (depth("/1/"), depth("/1/4/17/")) == (0, 2)


@pytest.mark.parametrize(
    ("path", "top", "answer"),
    [("/1/4/", "/1/", True), ("/1/", "/1/", True), ("/14/", "/1/", False), ("/1/", "/1/4/", False)],
)
def test_a_unit_is_within_itself_and_those_above(path: str, top: str, answer: bool) -> None:
    assert is_within(path, top) is answer


def test_what_stands_below_a_moved_unit_moves_with_it() -> None:
    assert moved("/1/4/17/20/", old="/1/4/17/", new="/1/5/17/") == "/1/5/17/20/"


@pytest.mark.parametrize("target", ["/1/4/", "/1/4/17/"])
def test_a_unit_does_not_come_below_itself(target: str) -> None:
    with pytest.raises(CircularMove):
        refuse_circle("/1/4/", target)


def test_a_unit_may_come_below_its_neighbour_of_a_longer_number() -> None:
    refuse_circle("/1/4/", "/1/44/")


def test_a_tree_has_an_end_to_its_depth() -> None:
    with pytest.raises(Invalid):
        path_below("/" + "1234567890/" * 23, 1)
    with pytest.raises(Invalid):
        moved("/1/2/3/", old="/1/2/", new="/" + "1234567890/" * 23)
