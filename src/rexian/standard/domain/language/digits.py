"""Telephone numbers and plates as people say them: in figures, in Chinese, by radio (洞幺拐)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rexian.kernel.text.folding import fold
from rexian.standard.domain.guidance import SaidNumber

_SPOKEN = dict(zip("零〇洞一幺二两三四五六七拐八九勾", "0001122345677899", strict=True))
_DIGITS = {str(digit): str(digit) for digit in range(10)} | _SPOKEN
_DIGIT = f"[0-9{''.join(_SPOKEN)}]"
_RUN = re.compile(rf"(?<!{_DIGIT})\+?{_DIGIT}(?:[ \-—–.·]?{_DIGIT}){{6,}}(?!{_DIGIT})")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"(?P<province>[{_PROVINCES}])(?P<letter>[a-z])[ ·.\-]?"
    rf"(?P<rest>(?:(?:{_DIGIT}|[a-z])[ ]?){{4,5}}(?:{_DIGIT}|[a-z学警挂港澳]))(?![0-9a-z])"
)
_MOBILE = re.compile(r"(?:86)?(1[3-9]\d)(\d{4})(\d{4})")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))(\d{7,8})")
_SERVICE = re.compile(r"([48]00)(\d{3})(\d{4})")
_LOCAL = re.compile(r"([2-8]\d{2,3})(\d{4})")
_CALLED_A_NUMBER = re.compile(r"(?:电话|号码|座机|固话|联系方式|打)\D{0,6}$")
FEWEST_DIGITS_OF_A_PLATE = 2


def numbers_said(text: str) -> tuple[SaidNumber, ...]:
    """Return the telephone numbers and plates in an utterance, in order."""
    folded = fold(text)
    if sum(map(_DIGITS.__contains__, folded)) < FEWEST_DIGITS_OF_A_PLATE:
        return ()
    found = (*_phones(folded), *_plates(folded))
    return tuple(sorted(found, key=lambda one: one.span))


def spoken_value(text: str) -> str:
    """Return the digits of a text, in figures, with its letters in capitals, and no more."""
    folded = fold(text)
    kept = (_DIGITS.get(one, one if one.isascii() and one.isalpha() else "") for one in folded)
    return "".join(kept).upper()


def _phones(folded: str) -> Iterator[SaidNumber]:
    for match in _RUN.finditer(folded):
        digits = spoken_value(match[0])
        groups = _groups(digits, before=folded[: match.start()])
        if groups:
            yield SaidNumber(match.span(), "phone", "".join(groups), " ".join(groups))


def _groups(digits: str, before: str) -> tuple[str, ...]:
    """Return the parts in which a telephone number is read; nothing where it is none."""
    for pattern in (_MOBILE, _LANDLINE, _SERVICE):
        match = pattern.fullmatch(digits)
        if match:
            return match.groups()
    local = _LOCAL.fullmatch(digits)
    return local.groups() if local and _CALLED_A_NUMBER.search(before) else ()


def _plates(folded: str) -> Iterator[SaidNumber]:
    for match in _PLATE.finditer(folded):
        rest = "".join(_DIGITS.get(one, one.upper()) for one in match["rest"] if one != " ")
        if sum(map(str.isdigit, rest)) >= FEWEST_DIGITS_OF_A_PLATE:
            head = f"{match['province']}{match['letter'].upper()}"
            yield SaidNumber(match.span(), "plate", f"{head}{rest}", f"{head} {rest}")
