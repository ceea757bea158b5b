"""What an outside body passes on (转办件): its letters as rows of a list, read into what we keep.

A list is the body's own: its columns are known by many names, its instants are in the clock of the
wall, and what is not ours to know (a number that is kept secret) is said in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from rexian.cases.domain.details import LONGEST_MATTER
from rexian.contacts.domain.numbers import NoNumber, read_number
from rexian.contacts.domain.words import one_line, several_lines
from rexian.kernel.calendar.instants import EARLIEST_YEAR, LATEST_YEAR
from rexian.kernel.errors import Invalid
from rexian.kernel.language import Language, mark, translate
from rexian.standard.domain.pack.recording import CaseType
from rexian.standard.domain.taxonomy import Taxonomy

MOST_LETTERS = 2_000
LAST_MINUTE = time(23, 59)
"""A deadline that is a day is over with the day."""

COLUMN_TITLES: Mapping[str, str] = {
    "number": mark("Their number"),
    "received_at": mark("Received at"),
    "answer_by": mark("To be answered by"),
    "answer_way": mark("Form of answer"),
    "name": mark("Customer"),
    "phone": mark("Telephone number"),
    "case_type": mark("Kind"),
    "category": mark("Category"),
    "title": mark("Title of the case"),
    "matter": mark("Matter"),
    "wish": mark("What is wanted"),
    "place": mark("Place"),
}
NEEDED = ("number", "matter")
_NAMES: Mapping[str, str] = {
    "number": "来文编号 工单编号 工单号 编号 受理编号 诉求编号 登记编号 单号 流水号",
    "received_at": "来文时间 派单时间 受理时间 转办时间 登记时间 接收时间 来电时间 收文时间",
    "answer_by": "要求答复时间 办结时限 截止时间 答复期限 办理时限 反馈时限 处理时限 要求办结时间",
    "answer_way": "答复方式 反馈方式 回复方式",
    "name": "反映人 来电人 联系人 诉求人 投诉人 姓名 客户姓名 消费者",
    "phone": "联系电话 来电号码 电话 手机号 联系方式 手机号码 联系号码",
    "case_type": "诉求类型 类型 工单类型 业务类型",
    "category": "类别 问题类别 分类 事项分类 诉求分类",
    "title": "标题 诉求标题 工单标题 主题",
    "matter": "反映事项 诉求内容 工单内容 内容 问题描述 事项 投诉内容 来电内容 主要内容",
    "wish": "诉求 诉求目的 客户诉求 投诉请求",
    "place": "地点 事发地点 地址 事发地址 发生地点",
}
_TYPES: Mapping[str, CaseType] = {
    "投诉": "complaint",
    "举报": "complaint",
    "投诉举报": "complaint",
    "咨询": "enquiry",
    "求助": "help",
    "求决": "help",
    "建议": "suggestion",
    "意见建议": "suggestion",
    "表扬": "suggestion",
    "complaint": "complaint",
    "enquiry": "enquiry",
    "help": "help",
    "suggestion": "suggestion",
}
_WAYS = (("平台", "platform"), ("系统", "platform"), ("书面", "letter"), ("函", "letter"),
         ("电话", "telephone"), ("回电", "telephone"), ("platform", "platform"),
         ("letter", "letter"), ("telephone", "telephone"))  # fmt: skip
_SECRET = frozenset({"保密", "匿名", "无", "不详", "未留", "-", "—", "/", "none"})
_WHEN = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]*(\d{1,2})[:：时点](\d{1,2})?分?(?:[:：](\d{1,2}))?秒?(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter as it is kept; ``answer_way`` is a choice of the form, or nothing."""

    number: str
    matter: str
    received_at: datetime
    answer_by: datetime | None = None
    answer_way: str = ""
    name: str = ""
    phone: str = ""
    case_type: CaseType = "complaint"
    category: str = ""
    title: str = ""
    wish: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class LetterFault:
    """What is wrong in a row, by its field where it is one's; ``message`` takes ``value``."""

    row: int
    field: str
    message: str
    value: str = ""

    def sentence(self, language: str) -> str:
        """Return what is wrong, in ``language``."""
        return translate(self.message, language, value=self.value)


class BadLetters(Invalid):
    """A list of letters that is none, or some of whose rows cannot be taken (422)."""

    code = "bad-letters"

    @classmethod
    def of(cls, faults: Sequence[LetterFault]) -> BadLetters:
        """Return the error for a list with faults; it tells the first."""
        first = faults[0]
        said = translate(first.message, Language.ENGLISH, value=first.value)
        return cls(mark("Row {row}: {fault}"), row=first.row, fault=said, faults=tuple(faults))

    @property
    def faults(self) -> tuple[LetterFault, ...]:
        """All that is wrong with the list, row by row."""
        return tuple(self.details.get("faults", ()))

    def sentence(self, language: str) -> str:
        """Return what is wrong; of several faults the first, in words of the same language."""
        if not self.faults:
            return super().sentence(language)
        first = self.faults[0]
        return translate(self.template, language, row=first.row, fault=first.sentence(language))


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A row of a list: its number there, and its cells by field."""

    row: int
    cells: Mapping[str, str]


def field_of(title: str) -> str:
    """Return the field that a column is called by, nothing for one that we do not know."""
    bare = re.sub(r"[\s*（(].*$", "", title.strip()).casefold()
    for field, message in COLUMN_TITLES.items():
        called = {translate(message, one).casefold() for one in Language}
        if title.strip().casefold() in called or bare in _NAMES[field].split() or bare == field:
            return field
    return ""


def read_letters(
    rows: Sequence[LetterRow], *, zone: ZoneInfo, taxonomy: Taxonomy, at: datetime
) -> tuple[tuple[tuple[int, Letter], ...], tuple[LetterFault, ...]]:
    """Return the letters of some rows with their rows' numbers, and all that is wrong with them."""
    letters: list[tuple[int, Letter]] = []
    faults: list[LetterFault] = []
    known: dict[str, int] = {}
    for one in rows:
        wrong = list(_faults(one, zone, at, known))
        faults += wrong
        if not wrong:
            letters.append((one.row, _letter(one.cells, zone, taxonomy, at)))
    return tuple(letters), tuple(faults)


def _faults(
    row: LetterRow, zone: ZoneInfo, at: datetime, known: dict[str, int]
) -> Iterator[LetterFault]:
    cells = row.cells
    for field in NEEDED:
        if not cells.get(field, "").strip():
            yield LetterFault(row.row, field, mark("This is missing."))
    number = one_line(cells.get("number", ""), most=40)
    if number and known.setdefault(number, row.row) != row.row:
        yield LetterFault(
            row.row, "number", mark("This number stands in row {value} too."), str(known[number])
        )
    if len(cells.get("matter", "")) > LONGEST_MATTER:
        yield LetterFault(row.row, "matter", mark("This is too long."))
    yield from _ill_formed(row, zone, at)


def _ill_formed(row: LetterRow, zone: ZoneInfo, at: datetime) -> Iterator[LetterFault]:
    cells = row.cells
    for field in ("received_at", "answer_by"):
        text = cells.get(field, "").strip()
        if text and read_instant(text, zone) is None:
            yield LetterFault(row.row, field, mark("“{value}” is no day and no time."), text[:40])
    due = read_instant(cells.get("answer_by", ""), zone, ends=True)
    if due is not None and due <= at:
        yield LetterFault(row.row, "answer_by", mark("This time is over already."))
    phone = cells.get("phone", "").strip()
    if phone and phone.casefold() not in _SECRET and _phone(phone) == "":
        yield LetterFault(row.row, "phone", mark("“{value}” is no telephone number."), phone[:40])
    kind = cells.get("case_type", "").strip()
    if kind and kind.casefold() not in _TYPES:
        yield LetterFault(row.row, "case_type", mark("“{value}” is no kind of case."), kind[:40])


def _letter(cells: Mapping[str, str], zone: ZoneInfo, taxonomy: Taxonomy, at: datetime) -> Letter:
    given = {name: text.strip() for name, text in cells.items()}
    way = given.get("answer_way", "").casefold()
    return Letter(
        number=one_line(given["number"], most=40),
        matter=several_lines(given["matter"]),
        received_at=read_instant(given.get("received_at", ""), zone) or at,
        answer_by=read_instant(given.get("answer_by", ""), zone, ends=True),
        answer_way=next((code for word, code in _WAYS if word in way), ""),
        name=_unless_secret(one_line(given.get("name", ""), most=80)),
        phone=_phone(given.get("phone", "")),
        case_type=_TYPES.get(given.get("case_type", "").casefold(), "complaint"),
        category=_category(given.get("category", ""), taxonomy),
        title=one_line(given.get("title", ""), most=120),
        wish=several_lines(given.get("wish", "")),
        place=one_line(given.get("place", ""), most=200),
    )


def read_instant(text: str, zone: ZoneInfo, *, ends: bool = False) -> datetime | None:
    """Return the instant that is written down, a bare day's first minute, or its last if it ends.

    What names its zone itself is believed; ``None`` for what is none.
    """
    found = _WHEN.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    if not EARLIEST_YEAR < int(year) < LATEST_YEAR:
        return None
    clock = LAST_MINUTE if hour is None and ends else None
    try:
        made = datetime(
            int(year), int(month), int(day),
            clock.hour if clock else int(hour or 0),
            clock.minute if clock else int(minute or 0),
            int(second or 0),
            tzinfo=zone,
        )  # fmt: skip
        return made if not offset else datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _phone(text: str) -> str:
    try:
        return read_number(text)
    except NoNumber:
        return ""


def _unless_secret(text: str) -> str:
    return "" if text.casefold() in _SECRET else text


def _category(text: str, taxonomy: Taxonomy) -> str:
    """Return the category of a code or a name of ours; a body's own categories are not ours."""
    if taxonomy.get(text) is not None:
        return text
    last = re.split(r"[/／>\-]", text)[-1].strip()
    named = (one.code for one in taxonomy if last and last in one.name.values() and one.is_leaf)
    return next(named, "")
