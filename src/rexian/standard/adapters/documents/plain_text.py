"""Read a plain text in any encoding in which Chinese is written."""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import pairwise

from rexian.kernel.language import mark
from rexian.standard.adapters.documents.errors import UnreadableDocument
from rexian.standard.domain.drafting.blocks import Block, Document, Spot

WIDEST_GAP = 16
MOST_LINES = 30_000
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "服务客户投诉规范应当電話說請應務規範客戶為時來對會個們國這學說當處裡無與"
)
_ODD = frozenset({"Cc", "Cn", "Co", "Cs"})
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RADICALS = dict(
    zip(
        "⺁⺠⺟⻁⻂⻄⻅⻆⻉⻋⻌⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻨⻩⻪⻬⻮⻰⻳⼾",
        "厂民母虎衣西见角贝车辶长长长门雨青韦页风飞食食饣马骨鬼鱼鸟麦黄黾齐齿龙龟户",
        strict=True,
    )
)
"""Radicals that some printers write for the characters; Unicode has no fold for these."""

_WIDE_GAP = re.compile(rf"[ \t\u3000\xa0]{{{WIDEST_GAP},}}")
_LINES = re.compile(r"\r\n|\r|\n|\f|\v|\x85|\u2028|\u2029")


def read_text(file: str, content: bytes) -> Document:
    """Return the lines of a text; raise ``UnreadableDocument`` where no encoding makes sense."""
    text = decode(content)
    if text is None:
        raise UnreadableDocument(mark("{file} is neither text nor docx nor pdf."), file=file)
    lines = _LINES.split(text.replace("\0", ""))
    if len(lines) > MOST_LINES:
        raise UnreadableDocument(
            mark("{file} has more than {count} lines."), file=file, count=MOST_LINES
        )
    blocks = (
        Block(clean(line), Spot(line=number))
        for number, line in enumerate(lines, 1)
        if line.strip()
    )
    return Document(file, tuple(blocks))


def decode(content: bytes) -> str | None:
    """Return the text of bytes in UTF-8, UTF-16, GB18030 or Big5: what reads most like Chinese."""
    for start, encoding in _MARKS:
        if content.startswith(start):
            return _decoded(content, encoding)
    utf8 = _decoded(content, "utf-8")
    if utf8 is not None and "\0" not in utf8:
        return utf8 if _share_of_odd(utf8) < 0.02 else None
    encodings = ("utf-16-le", "utf-16-be") if _looks_wide(content) else ("gb18030", "big5hkscs")
    texts = [text for one in encodings if (text := _decoded(content, one)) is not None]
    best = max(texts, key=_share_of_common, default=None)
    if best is None or _share_of_odd(best) > 0.02 or _share_of_common(best) < 0.05:
        return None
    return best


def clean(text: str) -> str:
    """Return a text without characters that are not seen, and without gaps wider than a tab."""
    kept = (one if one == "\t" or unicodedata.category(one) not in _ODD else " " for one in text)
    usual = "".join(map(_usual, kept))
    for unseen in "\ufeff\u200b\xad":
        usual = usual.replace(unseen, "")
    return _WIDE_GAP.sub(" " * WIDEST_GAP, usual)


def _usual(character: str) -> str:
    """Return the character for what only looks like it: a radical, or a compatible form."""
    if "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff":
        return _RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    return character


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _looks_wide(content: bytes) -> bool:
    """Say whether two bytes seem to make a character: many are zero, or first bytes repeat."""
    sample = content[:4000]
    zeros = sample.count(0) > len(sample) // 20
    repeats = sum(first == second for first, second in pairwise(sample[::2]))
    return len(content) % 2 == 0 and (zeros or repeats > len(sample) // 4)


def _share_of_common(text: str) -> float:
    letters = [one for one in text if one.isalpha() and not one.isascii()]
    return sum(one in _COMMON for one in letters) / len(letters) if letters else 0.0


def _share_of_odd(text: str) -> float:
    odd = sum(unicodedata.category(one) in _ODD and one not in "\r\n\t\f\v" for one in text)
    return odd / max(len(text), 1)
