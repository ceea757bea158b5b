"""The words by which a document says that other words are to be said, or never.

All of them speak of folded text: punctuation is half-width there, characters are simplified.
"""

from __future__ import annotations

import re

_SPEAKING = (
    "(?:说|讲|道|使用|用|回答|答复?|问|出现|以|喊|叫|称呼?|应付|推托|推脱|言|语|话|词|字眼|字句|"
    "口气|类似)"
)
_NOT = (
    "不得|不可以?|不能|不准|不许|不允许|不应该?|不要|不宜|不应当|严禁|禁止|杜绝|避免|切忌|切勿|"
    "请勿|勿|拒绝|不再|绝不|决不"
)
_NEVER = (
    rf"(?:{_NOT})[^,。;:“”「」]{{0,14}}?{_SPEAKING}|不[说讲](?!明|清|话)|(?:禁|忌)[用说讲语词]|"
    "禁止用语|禁忌"
)
_SAY = (
    "应当?[说答道用以]|[须要可请先再改](?:以)?[说答道](?!明)|使用|采用|统一|用语|话术|语(?=[为是:])|"
    "告知|提示|提醒|回应|应答|回答|答复|询问|致歉|道歉|致谢|问候|称呼|表示|表述|表达|解释|安抚|征求|"
    "说(?!明|话)|问|答|道|讲(?!解)|[请用](?=[“「『])|改为|改成|应为|如|例|:"
)
CUES = re.compile(rf"(?P<never>{_NEVER})|(?P<say>{_SAY})")
"""What stands before words in quotation marks; the nearest tells what is said of them."""

WEAK = frozenset(["如", "例", ":", "统一", "问", "道", "答"])
"""Cues that tell little: the words after them may be an example, or a name."""

UNSPOKEN = WEAK - {"问", "道", "答"} | frozenset(
    ["使用", "采用", "为", "应为", "称呼", "提示", "提醒", "表示", "改为", "改成", "用"]
)
"""Cues after which words in quotation marks may be a term, a name or a principle."""

BARE_NOT = re.compile(rf"(?:{_NOT})[^,。;:]{{0,10}}$")

NEVER_AFTER = re.compile(
    r"^[\s、,和或及]*(?:等|之类|一类|这类|此类|类似)[^。;“”]{0,4}?(?:的)?[^。;“”]{0,10}?"
    "(?:禁用|忌|禁语|禁词|不文明|不礼貌|生硬|推诿|敷衍|推托|粗话|脏话|伤害|刺激|讽刺|否定|服务忌|"
    "不规范|冷漠)"
)
SAY_AFTER = re.compile(
    r"^[\s、,和或及]*(?:等|之类|一类)?[^。;,“”]{0,6}?(?:规范|标准|文明|礼貌|服务|敬语|谦|统一)"
    "[^。;,“”]{0,4}?(?:用语|语言|话|敬语|称谓)"
)
SPOKEN = re.compile(
    "[您你请好谢歉吗呢吧嗯喂?!！？…×]|对不起|再见|我(?:们|来|帮|马|会|这|不)|稍等|欢迎|不知道|"
    "不清楚|不归|不管|没办法|没空|别|先生|女士|小姐|同志|师傅"
)
"""Words such as one says to somebody."""

LEADS_TO_NEVER = re.compile(
    rf"(?:{_NOT})[^,。;]{{0,12}}?(?:说|讲|使用|用|出现|回答)[^,。;]{{0,10}}$|"
    "(?:禁|忌)(?:用|止用|说|讲)?[^,。;]{0,2}(?:语|词|话|言)[^,。;]{0,6}$|忌讳$|不文明用语$|"
    "不规范用语$|不(?:可以?|得|能|准|许|要)(?:说|讲)[^,。;]{0,6}$"
)
LEADS_TO_SAY = re.compile(
    "(?:用语|话术|标准语|规范语|礼貌语|文明语|敬语|问候语|首问语|问语|开头语|开场白|结束语|应答语|"
    "招呼语|致歉语|致谢语|道歉语|感谢语|欢迎语|接听语|挂机语|告别语|送别语|答语|用词|说法|表述|"
    "应当?说|可[以]?说|须说|统一(?:回|应)?答|标准应答|参考答复|台词|口径|服务语言)[^,。;]{0,8}$"
)
LABELLED = re.compile(
    "^(?P<who>(?:客服|坐席|座席|话务员|工作人员|员工|服务人员|接线员|我方|营业员|答|话术|例|参考)"
    "[^:]{0,6}|[^:,。;“”]{0,14}?(?:用语|用词|禁词|忌词|话术|语|说法|应答|回答|表述|口径))"
    r"(?:为|是)?:\s*"
)
"""A label before wording that stands without quotation marks: 问候语：您好。"""
