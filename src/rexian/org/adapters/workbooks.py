"""Read rosters out of workbooks, and write the workbooks that people fill in or hand out."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rexian.kernel.archives import BloatedArchive, DamagedArchive, look_over
from rexian.kernel.errors import Invalid
from rexian.kernel.language import Language, mark, translate
from rexian.org.domain.roles import ROLE_NAMES, Role
from rexian.org.domain.roster import COLUMN_TITLES, SHEET_TITLES, Row, Sheet, Slip

LARGEST = 5 * 1024**2
LARGEST_UNPACKED = 60 * 1024**2
MOST_ROWS = 1000
_MOST_COLUMNS = 30

_NEEDED = {Sheet.UNITS: ("code", "name", "tier"), Sheet.PEOPLE: ("sign_in", "name")}
# What people call sheets, columns and roles besides what the template calls them.
_SHEETS = {"单位": Sheet.UNITS, "部门": Sheet.UNITS, "人员": Sheet.PEOPLE, "员工": Sheet.PEOPLE}
_COLUMNS = {
    "编号": "code",
    "单位编号": "code",
    "单位编码": "code",
    "名称": "name",
    "单位名称": "name",
    "姓名": "name",
    "层级": "tier",
    "上级单位编号": "parent",
    "上级编号": "parent",
    "上级单位": "parent",
    "登录名": "sign_in",
    "账号": "sign_in",
    "用户名": "sign_in",
    "单位": "unit",
    "所属单位": "unit",
    "角色": "roles",
    "岗位": "roles",
    "工号": "agent_number",
    "分机": "extension",
    "邮箱": "email",
    "邮件地址": "email",
}
_ROLES = {
    "客服": Role.AGENT,
    "坐席": Role.AGENT,
    "话务员": Role.AGENT,
    "班组长": Role.TEAM_LEADER,
    "班长": Role.TEAM_LEADER,
    "值班长": Role.DUTY_LEADER,
    "调度员": Role.DISPATCHER,
    "经办人": Role.HANDLER,
    "处理人": Role.HANDLER,
    "回访员": Role.CALLBACK_AGENT,
    "质检员": Role.INSPECTOR,
    "考核员": Role.ASSESSOR,
    "经理": Role.MANAGER,
    "主管": Role.MANAGER,
    "管理员": Role.ADMINISTRATOR,
}
_BETWEEN_ROLES = str.maketrans("、，；;/", ",,,,,")


class NotARoster(Invalid):
    """A file that cannot be read as a roster, with the reason (422)."""

    code = "not-a-roster"


def read_roster(content: bytes) -> list[Row]:
    """Return the rows of a workbook's sheets; raise ``NotARoster`` for what cannot be read."""
    _refuse_hostile(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, data_only=False)
            tables = {sheet.title: _table(sheet) for sheet in book.worksheets}
    except NotARoster:
        raise
    except Exception:  # noqa: BLE001 - its parsers raise whatever they like for a damaged file
        raise NotARoster(mark("This is no workbook of Excel (.xlsx), or it is damaged.")) from None
    rows = [
        row
        for sheet in Sheet
        for title, table in tables.items()
        if _SHEETS.get(title.strip()) is sheet or _is_called(title, SHEET_TITLES[sheet])
        for row in _rows(sheet, table)
    ]
    if not rows:
        raise NotARoster(
            mark("There is nothing on a sheet “单位” or “人员” (Units, People) of the workbook.")
        )
    return rows


def _refuse_hostile(content: bytes) -> None:
    if len(content) > LARGEST:
        raise NotARoster(mark("A roster has {megabytes} MB at most."), megabytes=LARGEST // 1024**2)
    try:
        look_over(content, largest=LARGEST_UNPACKED)
    except DamagedArchive:
        raise NotARoster(mark("This is no workbook of Excel (.xlsx), or it is damaged.")) from None
    except BloatedArchive:
        raise NotARoster(
            mark("The workbook is suspiciously large inside. It was not opened.")
        ) from None


def _table(sheet: Any) -> list[tuple[int, list[Any]]]:
    """Return the cells of a sheet that holds at most so many rows below its titles."""
    sheet.reset_dimensions()
    found = []
    for number, cells in enumerate(
        sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=_MOST_COLUMNS), start=1
    ):
        if any(cell.value not in {None, ""} for cell in cells):
            found.append((number, list(cells)))
    if found and found[-1][0] > MOST_ROWS + 1:
        raise NotARoster(mark("A sheet has {count} rows at most."), count=MOST_ROWS)
    return found


def _rows(sheet: Sheet, table: Sequence[tuple[int, list[Any]]]) -> Iterable[Row]:
    if not table:
        return
    fields = [_field(sheet, cell.value) for cell in table[0][1]]
    for needed in _NEEDED[sheet]:
        if needed not in fields:
            raise NotARoster(
                mark("The sheet “{sheet}” lacks the column “{column}”."),
                sheet=translate(SHEET_TITLES[sheet]),
                column=translate(COLUMN_TITLES[sheet][needed]),
            )
    for number, cells in table[1:]:
        read = {
            field: _text(cell, sheet, number)
            for field, cell in zip(fields, cells, strict=False)
            if field
        }
        if "roles" in read:
            read["roles"] = _role_codes(read["roles"])
        yield Row(sheet, number, read)


def _field(sheet: Sheet, title: object) -> str:
    told = str(title or "").strip()
    for field, message in COLUMN_TITLES[sheet].items():
        if _is_called(told, message):
            return field
    also = _COLUMNS.get(told, told.casefold())
    if sheet is Sheet.PEOPLE and also == "code":
        also = "unit"  # on this sheet a unit's code says where somebody belongs
    return also if also in COLUMN_TITLES[sheet] else ""


def _is_called(title: str, message: str) -> bool:
    names = {translate(message, language).casefold() for language in Language}
    return title.strip().casefold() in names


def _text(cell: Any, sheet: Sheet, number: int) -> str:
    value = cell.value
    if getattr(cell, "data_type", "") == "f":
        raise NotARoster(
            mark(
                "Row {row} of “{sheet}” holds a formula. Write down its result instead "
                "(copy, then paste values)."
            ),
            row=number,
            sheet=translate(SHEET_TITLES[sheet]),
        )
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # an agent number that was typed as a number
    return str(value).strip()[:300] if value is not None else ""


def _role_codes(text: str) -> str:
    written = [one.strip() for one in text.translate(_BETWEEN_ROLES).split(",")]
    return ",".join(_role_code(one) for one in written if one)


def _role_code(name: str) -> str:
    for role in Role:
        if name.casefold() == role or _is_called(name, ROLE_NAMES[role]):
            return role
    return _ROLES.get(name, name)


def write_template(language: str) -> bytes:
    """Return the workbook that people fill in, with its titles in ``language``."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in Sheet:
        page = book.create_sheet(translate(SHEET_TITLES[sheet], language))
        _title(page, [translate(one, language) for one in COLUMN_TITLES[sheet].values()])
    notes = book.create_sheet(translate(mark("Roles"), language))
    _title(notes, [translate(mark("Roles"), language)])
    for role in Role:
        notes.append([translate(ROLE_NAMES[role], language)])
    return _saved(book)


def write_slips(slips: Sequence[Slip], language: str) -> bytes:
    """Return a workbook with the links that people set their passwords by."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = translate(mark("Password links"), language)
    titles = (
        mark("Name"),
        mark("Sign-in name"),
        mark("Unit"),
        mark("Link, good once"),
        mark("Good until"),
    )
    _title(page, [translate(one, language) for one in titles])
    for slip in slips:
        page.append([slip.name, slip.sign_in, slip.unit, slip.address, slip.until])
        for cell in page[page.max_row]:
            cell.data_type = "s"  # a name that begins with = is a name, no formula
    return _saved(book)


def _title(page: Worksheet, titles: Sequence[str]) -> None:
    page.append(list(titles))
    for number, cell in enumerate(page[1], start=1):
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="center")
        page.column_dimensions[get_column_letter(number)].width = 22
    page.freeze_panes = "A2"


def _saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
