from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from rexian.cli.wrapping import wrap


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("热线服务规范", 4, ["热线", "服务", "规范"]),
        ("热线服务，规范", 8, ["热线服", "务，规范"]),
        ("看（规范）吧", 4, ["看", "（规", "范）", "吧"]),
        ("按 rexian 检查", 8, ["按", "rexian", "检查"]),
        ("first\n\nsecond", 80, ["first", "", "second"]),
        ("unbreakable", 4, ["unbreakable"]),
        ("", 10, [""]),
    ],
)
def test_lines_break_between_chinese_characters_and_between_english_words(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrap(text, width) == lines


@given(st.text(alphabet="热线服务规范，。（）“” abcdef,.()\n", max_size=80), st.integers(20, 60))
def test_nothing_is_lost_but_space_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    for line in lines:
        assert cell_len(line) <= width or " " not in line
