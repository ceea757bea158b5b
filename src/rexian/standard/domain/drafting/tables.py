"""Tables of a standard: each row a clause, its columns told by the words of the first row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rexian.kernel.text.folding import fold
from rexian.standard.domain.drafting.blocks import Block, Spot, Table
from rexian.standard.domain.drafting.wordings import Stance


@dataclass(frozen=True, slots=True)
class Cell:
    """A line of a cell, what its column says of it, and what the column is called."""

    text: str
    spot: Spot
    stance: Stance
    title: str


_NUMBER = re.compile(r"^(?:序号?|编号|no\.?|条款号?|条号|项次|#)$")
_NEVER = re.compile(r"(?:禁|忌|不可|不规范|不文明|错误|反面).*(?:语|用|说|话|示例)")
_SAY = re.compile(r"(?:用语|话术|说法|应答|答语|答复口径|口径|标准语|规范语|参考答|语言)")
_HEADER = re.compile(
    r"项目|内容|标准|要求|规范|情景|场景|场合|环节|时机|流程|时限|期限|时间|指标|目标|名称|说明|备注|责任|部门|岗位|类别|类型|考核|分值|扣分"
)


def table_rows(table: Table, inherited: Stance) -> Iterator[tuple[str, list[Cell]]]:
    """Yield for each row its number, if it has one, and its cells with what the columns say.

    A table without a row of titles is read as it stands.
    """
    rows = [row for row in table.rows if any(cell.text.strip() for cell in row)]
    if not rows:
        return
    titles = [fold(re.sub(r"\s", "", cell.text)) for cell in rows[0]]
    is_titled = sum(map(_is_title, titles)) * 2 >= len([one for one in titles if one])
    if not is_titled:
        titles = ["" for _ in titles]
    for row in rows[1:] if is_titled and len(rows) > 1 else rows:
        written = _number_of(row, titles)
        cells = list(_cells(row, titles, inherited))
        if cells:
            yield written, cells


def _is_title(text: str) -> bool:
    short = 0 < len(text) <= 12
    return short and any(one.search(text) for one in (_NUMBER, _NEVER, _SAY, _HEADER))


def _number_of(row: tuple[Block, ...], titles: list[str]) -> str:
    first = fold(row[0].text).strip(" .、") if row else ""
    is_number = bool(re.fullmatch(r"\d{1,3}(?:\.\d{1,3})*", first))
    return first if is_number and (not titles[0] or _NUMBER.match(titles[0])) else ""


def _cells(row: tuple[Block, ...], titles: list[str], inherited: Stance) -> Iterator[Cell]:
    last = ""
    for place, cell in enumerate(row):
        title = titles[place] if place < len(titles) else ""
        text = cell.text.strip()
        if (
            not text
            or text == last
            or _NUMBER.match(title)
            or (place == 0 and _number_of(row, titles))
        ):
            continue
        last = text
        stance = _stance(title) or (inherited if not title else Stance.NONE)
        for line in text.split("\n"):
            if line.strip():
                yield Cell(line.strip(), cell.spot, stance, title)


def _stance(title: str) -> Stance:
    if _NEVER.search(title):
        return Stance.NEVER
    return Stance.SAY if _SAY.search(title) else Stance.NONE
