"""What is written after an option, read: choices, numbers and pairs, with a plain word if wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rexian.cli.misuse import Misuse, alternatives
from rexian.kernel.language import mark

FORMATS = ("table", "json", "jsonl", "html", "xlsx")


def choice_of(option: str, choices: Sequence[str]) -> Callable[[str], str]:
    """Return a reader of one of ``choices``."""

    def choice(value: str) -> str:
        if value not in choices:
            raise Misuse(
                mark("{option} cannot be {value}. {alternatives}"),
                option=option,
                value=value,
                alternatives=alternatives(value, choices),
            )
        return value

    return choice


def whole_number(option: str, *, least: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from ``least`` up."""

    def number(value: str | int) -> int:
        if not str(value).isdecimal() or int(value) < least:
            raise Misuse(
                mark("{option} is a whole number from {least} up, not {value}."),
                option=option,
                least=least,
                value=value,
            )
        return int(value)

    return number


def between_0_and(option: str, most: float) -> Callable[[str], float]:
    """Return a reader of numbers from 0 to ``most``."""

    def number(value: str) -> float:
        try:
            found = float(value)
        except ValueError:
            found = -1.0
        if not 0 <= found <= most:
            raise Misuse(
                mark("{option} is a number from 0 to {most}, not {value}."),
                option=option,
                most=most,
                value=value,
            )
        return found

    return number


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and what it stands for, as ``NAME=VALUE`` says it."""

    name: str
    value: str


def pair(option: str) -> Callable[[str], Pair]:
    """Return a reader of ``NAME=VALUE``."""

    def name_and_value(text: str) -> Pair:
        name, equals, value = text.partition("=")
        if not (name and equals and value):
            raise Misuse(
                mark("{option} is written NAME=VALUE, not {value}."), option=option, value=text
            )
        return Pair(name, value)

    return name_and_value


def role(option: str, sides: Sequence[str]) -> Callable[[str], Pair]:
    """Return a reader of ``NAME=SIDE``, a speaker's name and one of ``sides``."""
    read, side = pair(option), choice_of(option, sides)

    def name_and_side(text: str) -> Pair:
        found = read(text)
        return Pair(found.name, side(found.value))

    return name_and_side


def plain_value(text: str) -> str | int | float | bool:
    """Return the number or the yes or no that ``text`` writes, else the text itself."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return {"true": True, "false": False}.get(text, text)
