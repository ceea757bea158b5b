"""Read what people type into a form: spans as they are said, numbers, lines, texts."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.standard.domain.editing.fields import Field, Kind
from rexian.standard.domain.editing.spans import is_span, written_span

_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")


class WrongValue(Invalid):
    """Something typed into a field that is no value for it; ``field`` names it (422)."""

    code = "standard-wrong-value"

    def __init__(self, message: str, field: str, **details: Any) -> None:
        super().__init__(message, **details)
        self.field = field


def read_value(field: Field, typed: str) -> Any:
    """Return the value that was typed into a field; raise ``WrongValue``."""
    text = typed.strip()
    if field.kind is Kind.LINES:
        return [line.strip() for line in typed.splitlines() if line.strip()]
    if not text:
        raise WrongValue(mark("This is needed: it cannot be left empty."), field.name)
    if field.kind is Kind.SPAN:
        return read_span(text, field.name)
    if field.kind is Kind.NUMBER:
        return read_number(text, field.name)
    return " ".join(text.split())


def read_span(typed: str, field: str) -> str:
    """Return a span as packs write it: ``12h`` for 12h, 12 h and 12小时; raise ``WrongValue``."""
    span = written_span(typed)
    if span is None:
        raise WrongValue(
            mark("{value} is no span of time: write 30min, 12h, 2d, D+1 or W+5."),
            field,
            value=typed,
        )
    return span


def read_number(typed: str, field: str) -> int | float:
    """Return a number; raise ``WrongValue``."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not _NUMBER.fullmatch(text):
        raise WrongValue(mark("{value} is no number."), field, value=typed)
    return int(text) if text.lstrip("-").isdigit() else float(text)


def read_parameter(name: str, default: Any, typed: str) -> Any:
    """Return a parameter's value, of the kind that its default is; empty means the default."""
    text = typed.strip()
    if not text:
        return default
    if isinstance(default, bool):
        chosen = {"true": True, "false": False, "是": True, "否": False}.get(text.lower())
        if chosen is None:
            raise WrongValue(mark("Write true or false, not {value}."), name, value=typed)
        return chosen
    if isinstance(default, (int, float)):
        number = read_number(text, name)
        if isinstance(default, int) and not isinstance(number, int):
            raise WrongValue(mark("{value} is no whole number."), name, value=typed)
        return number
    if is_span(str(default)):
        return read_span(text, name)
    return text
