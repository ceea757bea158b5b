"""The page on working time says what the code does."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from rexian.kernel.calendar.descriptions import FIELDS
from rexian.kernel.calendar.holiday_files import read_holidays
from rexian.kernel.calendar.spans import Finish, FirstDay, OnRestDay

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "calendar.md").read_text("utf-8")


def test_the_example_runs_and_gives_what_it_says() -> None:
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - it is our own page
    assert names["due"].day == date(2026, 2, 26)
    assert not names["due"].provisional


def test_every_field_and_option_is_on_the_page() -> None:
    options = [option.value for kind in (Finish, FirstDay, OnRestDay) for option in kind]
    assert [word for word in (*FIELDS, *options) if f"`{word}`" not in PAGE] == []


def test_the_example_of_a_file_of_holidays_can_be_read() -> None:
    [text] = re.findall(r"```\n(# published.*?)```", PAGE, re.DOTALL)
    assert len(read_holidays(text, "2027.csv").days) == 2
