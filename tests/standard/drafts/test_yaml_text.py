"""A value in a document is changed and every other character stays as somebody wrote it."""

from __future__ import annotations

from difflib import ndiff
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.standard.domain.editing.yaml_places import NotEditable, plain
from rexian.standard.domain.editing.yaml_text import add_item, remove_item, set_lines, set_value

TEXT = """\
# A head that stays.
words:
  - word: 喂   # as a call
    title: {zh: 呼唤, en: "a call"}  # both
    within: 24h
    phrase:
      # the bare word
      - ^喂$
      - 喂(你|您)  # rude

  # The second one.
  - word: 什么
    phrase: [什么事, "什么, 啊",
      凭什么]
    how: >-
      Somebody listens to it
      and decides.
last: 1
"""


def changed(new: str) -> list[str]:
    """Return the lines that went and came, without the spaces before them."""
    lines = ndiff(TEXT.splitlines(), new.splitlines())
    return [f"{one[0]}{one[2:].strip()}" for one in lines if one[0] in "+-"]


@pytest.mark.parametrize(
    ("path", "value", "came"),
    [
        (("words", 0, "within"), "12h", "+within: 12h"),
        (("words", 0, "word"), "喂喂", "+- word: 喂喂   # as a call"),
        (("words", 0, "title", "en"), "a: call", '+title: {zh: 呼唤, en: "a: call"}  # both'),
        (("words", 0, "near"), 16, "+near: 16"),
        (
            ("words", 0, "title", "fr"),
            "é, è",
            '+title: {zh: 呼唤, en: "a call", fr: "é, è"}  # both',
        ),
        (("last",), 2.5, "+last: 2.5"),
    ],
)
def test_a_value_is_set_in_its_place(path: Any, value: Any, came: str) -> None:
    assert came in changed(set_value(TEXT, path, value))
    assert len(changed(set_value(TEXT, path, value))) <= 2


def test_folded_text_stays_folded() -> None:
    new = set_value(TEXT, ("words", 1, "how"), "word " * 30 + "end")
    assert "how: >-" in new
    assert max(map(len, new.splitlines())) <= 100


@pytest.mark.parametrize(
    ("path", "lines", "expected"),
    [
        (("words", 0, "phrase"), ["^喂$", "喂(你|您)", "新"], ["+- 新"]),
        (("words", 0, "phrase"), ["喂(你|您)"], ["-- ^喂$"]),
        (("words", 0, "phrase"), ["^喂$", "别的"], ["-- 喂(你|您)  # rude", "+- 别的  # rude"]),
        (("words", 1, "phrase"), ["什么事", "什么, 啊"], ["-凭什么]"]),
        (("words", 0, "say"), ["您好，"], ["+say: [您好，]"]),
    ],
)
def test_lists_keep_what_stays_in_them(path: Any, lines: list[str], expected: list[str]) -> None:
    new = set_lines(TEXT, path, lines)
    assert set(expected) <= set(changed(new))
    assert "# the bare word" in new


def test_items_are_added_and_removed_as_whole_lines() -> None:
    word = {"word": "随便", "is": {"phrase": ["随便"]}}
    more = add_item(TEXT, ("words",), word)
    assert changed(more) == ["+- word: 随便", "+is: {phrase: [随便]}"]
    assert remove_item(more, ("words", 2)) == TEXT


def test_what_stands_in_two_places_at_once_is_left_to_the_source() -> None:
    shared = "a: &both {x: 1}\nb: *both\n"
    with pytest.raises(NotEditable):
        set_value(shared, ("b", "x"), 2)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30))
def test_whatever_is_written_is_read_again(value: str) -> None:
    for path in (("words", 0, "within"), ("words", 0, "title", "zh"), ("words", 1, "phrase", 1)):
        try:
            new = set_value(TEXT, path, value)
        except NotEditable:
            continue  # a character that no YAML may hold
        held: Any = plain(new)
        for step in path:
            held = held[step]
        assert held == value
