"""Whom a transcript means: the many names of the two sides of a contact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from unicodedata import normalize

from rexian.kernel.errors import Invalid
from rexian.standard.domain.events import Speaker

_NAMES = {
    Speaker.AGENT: """
        agent assistant sys operator representative rep staff employee advisor clerk csr
        customerservice customercare customersupport servicedesk
        客服 人工 人工客服 在线客服 客服人员 客服代表 客服专员 客服经理 客服主管
        客户服务 客户经理 客户代表 客戶服務 客戶經理 人工坐席
        坐席 座席 坐席员 座席员 坐席人员 座席人员
        话务员 話務員 接线员 接線員 受理员
        服务人员 服務人員 工作人员 工作人員 营业员 營業員 柜员 櫃員 前台 业务员 店员 员工 員工
        """,
    Speaker.CUSTOMER: """
        customer client caller user usr consumer visitor guest passenger
        客户 客戶 用户 用戶 顾客 顧客 来电人 來電人 来电者 來電者 来电
        访客 訪客 乘客 旅客 司乘 车主 車主
        学员 學員 市民 群众 业主
        """,
    Speaker.SYSTEM: """
        system ivr bot robot action tool function developer event note narrator notification
        系统 系統 机器人 機器人 语音提示 語音提示 提示音 自动语音 旁白 备注 備註 系统消息 系统提示
        """,
    Speaker.UNKNOWN: "unknown mixed 未知 未知说话人 不明",
}
_BY_NAME = {name: side for side, names in _NAMES.items() for name in names.split()}

# 客服1001, 坐席 A, 客户(张), Agent_2, 客服小王, 客户张先生: behind a known name, which one it is.
_WHICH_ONE = re.compile(
    r"""[-#.]?(?:\d{1,12}|[a-z])
      | [-#.]?[(\[【<].{0,20}[)\]】>]
      | [-.]?[小老][^\W\d_]{1,2}
      | [-.]?[^\W\d_]{1,4}(?:先生|女士|小姐)""",
    re.VERBOSE,
)
_NAMELESS = re.compile(
    r"[a-z]|(?:speaker|spk|channel|说话人|說話人|讲话人|发言人|角色)[a-z\d]{0,3}"
)
_LONGEST = 40


class Speakers:
    """The names of one source's speakers: those that everybody uses, and those of its own."""

    def __init__(self, roles: Iterable[tuple[str, str]] = ()) -> None:
        self._own = {_folded(name): _side(role) for name, role in roles}
        self._met: dict[str, Speaker] = {}

    def recognise(self, name: str) -> Speaker | None:
        """Return who ``name`` is, or ``None`` if it is nobody that we know."""
        side = self._met.get(name)
        if side is None and len(name) <= _LONGEST:
            side = self._look_up(_folded(name))
            if side is not None and len(self._met) < 1000:
                self._met[name] = side
        return side

    def _look_up(self, name: str) -> Speaker | None:
        for end in range(len(name), 0, -1):
            side = self._own.get(name[:end]) or _BY_NAME.get(name[:end])
            if side is not None and (end == len(name) or _WHICH_ONE.fullmatch(name, end)):
                return side
        return None


@cache
def speakers_with(roles: tuple[tuple[str, str], ...]) -> Speakers:
    """Return the speakers known besides the usual ones, one object for the same ``roles``.

    Raises ``Invalid`` where a role is neither side of a contact.
    """
    return Speakers(roles)


def is_a_placeholder(name: str) -> bool:
    """Tell whether ``name`` stands for a speaker whose side nobody has said yet: A, Speaker 2."""
    return _NAMELESS.fullmatch(_folded(name)) is not None


def _folded(name: str) -> str:
    plain = normalize("NFKC", name).casefold()
    return re.sub(r"[\s_*]+", "", plain).strip("【】[]<>「」")


def _side(role: str) -> Speaker:
    side = _BY_NAME.get(_folded(role))
    if side is None:
        raise Invalid(f"A role is agent, customer or system, not {role!r}.", role=role)
    return side
