"""The names that fields and values of records go by, in English and in Chinese."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from rexian.standard.domain.events import SignalName

# The first name of a field that a record has is the one that counts: an `id` beside a
# `conversation_id` is that of the row.
_NAMES = {
    field: tuple(names.split())
    for field, names in {
        "id": """
            conversationid dialogueid dialogid callid contactid sessionid chatid
            会话id 会话编号 会话号 对话id 对话编号 通话id 通话编号 通话标识 录音编号 录音id 来电编号
            流水号 会话 通话 id 编号
            """,
        "turns": "turns messages utterances dialogue dialog conversation 对话 轮次",
        "speaker": "speaker role 说话人 說話人 角色 发言人 讲话人 说话者 发送人 发送方 sender",
        "text": """
            text content utterance message 文本 内容 內容 话语 发言 说话内容 对话内容 消息 原文
            """,
        "start": """
            start starttime begin begintime 开始 开始时间 起始 起始时间 开始秒 时间 发送时间
            time timestamp
            """,
        "end": "end endtime 结束 结束时间 终止时间 结束秒",
        "number": "i index turn turnnumber turnindex turnid 序号 轮次 轮数",
        "channel": "channel 渠道 通道 来源渠道",
        "direction": "direction calldirection 方向 呼叫方向 呼叫类型",
        "standard": "standard 标准 服务标准 规范",
        "agent": """
            agentnumber agentno agentid agentcode 工号 坐席工号 座席工号 客服工号 话务员工号
            坐席编号 座席编号 坐席号 座席号
            """,
        "case_type": "casetype 工单类型 业务类型 诉求类型",
        "case_class": "caseclass 工单级别 诉求级别",
        "events": "events signals 事件",
        "event": "name event type 名称 事件",
        "at": "at time timestamp 时间",
        "by": "by who 由",
        "hung_up_by": "hungupby hangupby endedby 挂断方 挂机方",
        "ring_seconds": "ringseconds ringtime ringingtime 振铃秒数 振铃时长 振铃时间",
    }.items()
}


class Layout(NamedTuple):
    """Under which key a record holds each field; ``None``, which is no record's key, if nowhere."""

    id: str | None
    turns: str | None
    speaker: str | None
    text: str | None
    start: str | None
    end: str | None
    number: str | None
    channel: str | None
    direction: str | None
    standard: str | None
    agent: str | None
    case_type: str | None
    case_class: str | None
    events: str | None
    event: str | None
    at: str | None
    by: str | None
    hung_up_by: str | None
    ring_seconds: str | None


CHANNELS = {
    **dict.fromkeys(("phone", "telephone", "voice", "call", "tel", "电话", "语音"), "phone"),
    **dict.fromkeys(("chat", "webchat", "im", "在线", "网聊", "在线客服", "文字"), "chat"),
    **dict.fromkeys(("counter", "facetoface", "desk", "柜台", "窗口", "现场", "营业厅"), "counter"),
}
DIRECTIONS = {
    **dict.fromkeys(("in", "inbound", "incoming", "呼入", "来电", "进线"), "in"),
    **dict.fromkeys(("out", "outbound", "outgoing", "呼出", "外呼", "去电", "回访"), "out"),
}
CASE_TYPES = {
    **dict.fromkeys(("咨询", "查询"), "enquiry"),
    **dict.fromkeys(("求助", "报修", "报警"), "help"),
    **dict.fromkeys(("投诉",), "complaint"),
    **dict.fromkeys(("建议",), "suggestion"),
    **dict.fromkeys(("骚扰",), "nuisance"),
    **dict.fromkeys(("无",), "none"),
}
SIGNALS = {
    name: signal
    for signal, names in {
        SignalName.RING: "ring ringing 振铃 响铃",
        SignalName.ANSWER: "answer answered accept accepted pickup 接听 应答 接起 接通",
        SignalName.HOLD_ON: "holdon hold holdstart holdbegin 保持 开始保持",
        SignalName.HOLD_OFF: "holdoff unhold holdend resume retrieve 取消保持 结束保持 恢复",
        SignalName.MUTE: "mute muteon muted 静音",
        SignalName.UNMUTE: "unmute muteoff unmuted 取消静音",
        SignalName.TRANSFER: "transfer transferred 转接",
        SignalName.HANG_UP: "hangup hungup hang end ended disconnect disconnected 挂断 挂机",
    }.items()
    for name in names.split()
}


def folded(name: object) -> str:
    """Return ``name`` without what writers differ in: case, width, spaces, dashes, underscores."""
    if not isinstance(name, str):
        return ""
    return re.sub(r"[\s_\-]+", "", normalize("NFKC", name).casefold())


@lru_cache(maxsize=256)
def layout_of(keys: tuple[str, ...]) -> Layout:
    """Return where records with these ``keys`` hold what; records of a file share a few layouts."""
    key_of = {folded(key): key for key in reversed(keys)}
    found = {
        field: next((key_of[name] for name in names if name in key_of), None)
        for field, names in _NAMES.items()
    }
    return Layout(**found)
