"""Facts of calls as tables and telephone systems write them: names of columns, and their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from rexian.dialogue.domain.naming import CASE_TYPES, DIRECTIONS, folded
from rexian.dialogue.domain.speakers import speakers_with
from rexian.dialogue.domain.times import seconds
from rexian.dialogue.domain.unreadable import BrokenRecord, legible
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.kernel.text.folding import fold
from rexian.speech.domain.call_facts import CallFacts
from rexian.standard.domain.events import Speaker

# As in dialogue's tables, the first name of a field that a header has is the one that counts.
_NAMES = {
    field: tuple(names.split())
    for field, names in {
        "file": """
            file filename filepath path recording recordingfile recordfile audio audiofile wav
            录音文件 录音文件名 录音路径 录音地址 录音名称 录音名 语音文件 音频文件 文件名 文件
            录音 音频 录音档 录音档名 档名
            """,
        "id": """
            callid contactid conversationid sessionid uniqueid uuid recordingid
            通话id 通话编号 通话标识 录音编号 录音id 录音流水号 会话id 会话编号 来电编号
            呼叫id 呼叫编号 流水号 通话流水号 id 编号
            """,
        "agent": """
            agentnumber agentno agentid agentcode agent
            工号 坐席工号 座席工号 客服工号 话务员工号 员工工号
            坐席编号 座席编号 坐席号 座席号 坐席 座席 客服 话务员 接线员 受理员
            """,
        "number": """
            number phonenumber phone callernumber callerid caller customernumber customerphone ani
            来电号码 客户号码 客户电话 主叫号码 用户号码 主叫 电话号码 联系电话
            手机号 手机号码 号码 电话
            """,
        "direction": """
            direction calldirection 方向 呼叫方向 通话方向 呼叫类型 通话类型 呼入呼出
            """,
        "rings": "rings ringcount 振铃次数 响铃次数 铃响次数 铃声次数",
        "ring_seconds": """
            ringseconds ringtime ringingtime ringduration
            振铃秒数 振铃时长 振铃时间 响铃秒数 响铃时长
            """,
        "queue": """
            queue queuename skill skillgroup 队列 队列名称 排队队列 技能组 技能 业务组 伫列
            """,
        "waited": """
            waited waitseconds waittime waitingtime queueseconds queuetime
            排队秒数 排队时长 排队时间 等待秒数 等待时长 等待时间
            """,
        "start": """
            start starttime startedat begin begintime calltime datetime
            通话开始时间 开始时间 来电时间 呼叫时间 通话时间 呼入时间 起始时间 时间 日期 date time
            """,
        "hung_up_by": """
            hungupby hangupby hangupparty endedby 挂断方 挂机方 先挂机方 挂断者
            """,
        "standard": "standard pack 标准 服务标准 规范 服务规范",
        "channels": "channels channelroles roles 声道 声道角色 左右声道",
        "case_type": "casetype 工单类型 业务类型 诉求类型",
        "case_class": "caseclass 工单级别 诉求级别",
    }.items()
}
_TRANSCRIPTS = frozenset(
    ("text", "content", "utterance", "文本", "内容", "话语", "发言", "说话内容", "对话内容")
)
_LOCATING = ("file", "id")

_SIDES = {"left": 0, "l": 0, "左": 0, "0": 0, "right": 1, "r": 1, "右": 1, "1": 1}
_SIDED = re.compile(
    r"(left|right|左|右|[lr](?=[:=]))(?:声道|channel)?[:=是为]?([^\W\d_]+?)"
    r"(?=left|right|左|右|[lr][:=]|[,;/|、+]|$)"
)
_BETWEEN = re.compile(r"[,;/|、+]")

_DATE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\sT]*(\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d{1,6})?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?"
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_SINCE_1970 = {10: 1, 13: 1000}


@dataclass(frozen=True, slots=True)
class Columns:
    """Under which key a record holds each field, as far as it has them."""

    keys: Mapping[str, str]

    @property
    def tells_of_calls(self) -> bool:
        """Tell whether rows can be told to recordings, and say something of them."""
        return any(field in self.keys for field in _LOCATING) and len(self.keys) > 1

    def value(self, record: Mapping[str, Any], field: str) -> Any:
        """Return what ``record`` holds in ``field``, ``None`` where that is nothing."""
        value = record.get(self.keys[field]) if field in self.keys else None
        return None if isinstance(value, str) and not value.strip() else value


@dataclass(frozen=True, slots=True)
class BadCell:
    """A value that cannot be read, so that the fact stays unknown."""

    column: str
    value: str


def columns_of(header: Iterable[str]) -> Columns:
    """Return which of the columns of ``header`` hold what."""
    key_of = {_plain(key): key for key in reversed(list(header))}
    found = {
        field: next((key_of[name] for name in names if name in key_of), None)
        for field, names in _NAMES.items()
    }
    return Columns({field: key for field, key in found.items() if key is not None})


def is_a_transcript(header: Iterable[str]) -> bool:
    """Tell whether a table holds what was said, and is none of facts."""
    return any(_plain(key) in _TRANSCRIPTS for key in header)


def facts_of(
    record: Mapping[str, Any], columns: Columns, *, name: str
) -> tuple[CallFacts, tuple[BadCell, ...]]:
    """Return the facts in a record, of a call that is called ``name`` if the record has no id."""
    facts = CallFacts(shown(columns.value(record, "id")) or name)
    bad = []
    for field, read in _READERS.items():
        value = columns.value(record, field)
        if value is None:
            continue
        try:
            found = read(value)
        except (BrokenRecord, Invalid, ValueError, OverflowError):
            bad.append(BadCell(columns.keys[field], shown(value)))
        else:
            facts = replace(facts, **{_FIELDS.get(field, field): found})
    return facts, tuple(bad)


def roles_from(text: str) -> tuple[Speaker, ...]:
    """Return who speaks on each channel (agent,customer or 左坐席右客户); raises ``Invalid``."""
    plain = _plain(text)
    sided = {_SIDES[side]: name for side, name in _SIDED.findall(plain)}
    names = [sided[0], sided[1]] if sided.keys() == {0, 1} else _BETWEEN.split(plain)
    return tuple(map(_role, names))


def shown(value: Any) -> str:
    """Return a value as one reads it: spreadsheets hold the agent 1001 as 1001.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _plain(name: object) -> str:
    """Return a name as the lists above have it: without case and spaces, in simplified."""
    return fold(folded(name))


def _role(name: str) -> Speaker:
    role = speakers_with(()).recognise(name)
    if role is None:
        raise Invalid(
            mark("A channel is the agent's or the customer's, not {name}."), name=legible(name)
        )
    return role


def _direction(value: Any) -> str:
    return _one_of(DIRECTIONS, value)


def _case_type(value: Any) -> str:
    known = {**CASE_TYPES, **{name: name for name in CASE_TYPES.values()}}
    return _one_of(known, value)


def _one_of(known: Mapping[str, str], value: Any) -> str:
    try:
        return known[_plain(shown(value))]
    except KeyError:
        raise ValueError(value) from None


def _person(value: Any) -> Speaker:
    return _role(shown(value))


def _count(value: Any) -> int:
    number = float(re.sub(r"[次声聲下]$", "", shown(value)))
    if number < 0 or not number.is_integer():
        raise ValueError(value)
    return int(number)


def _span(value: Any) -> float:
    found = seconds(value)
    if found is None or found < 0:
        raise ValueError(value)
    return found


def _roles(value: Any) -> tuple[Speaker, ...]:
    if isinstance(value, int | float):  # how many there are, which the recording says itself
        return ()
    if isinstance(value, list):
        value = ",".join(map(shown, value))
    text = shown(value)
    return () if text.isdigit() else roles_from(text)


def _instant(value: Any) -> datetime:
    """Return a date with its time; without a zone where the source has none."""
    if isinstance(value, datetime):
        return value
    text = shown(value).replace("：", ":")
    if text.isdigit() and len(text) in _SINCE_1970:
        return datetime.fromtimestamp(int(text) / _SINCE_1970[len(text)], UTC)
    digits = _DIGITS.fullmatch(text)
    if digits is not None:
        year, month, day, hour, minute, second = digits.groups("00")
        return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second}")
    parts = _DATE.fullmatch(text)
    if parts is None:
        raise ValueError(value)
    year, month, day, clock, zone = parts.groups("")
    clock = ":".join(f"{part:0>2}" for part in (clock or "0:0").split(":"))
    return datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{clock}{zone}")


_FIELDS = {"channels": "roles"}
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "agent": shown,
    "number": shown,
    "direction": _direction,
    "rings": _count,
    "ring_seconds": _span,
    "queue": shown,
    "waited": _span,
    "start": _instant,
    "hung_up_by": _person,
    "standard": shown,
    "channels": _roles,
    "case_type": _case_type,
    "case_class": shown,
}
