"""What a clause forbids to do, in distinction from what it forbids to say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rexian.standard.domain.drafting.blocks import Spot
from rexian.standard.domain.drafting.passages import QUOTED, Passage

_NOT = (
    "不得|严禁|禁止|不准|不许|不允许|杜绝|切忌|切勿|不应(?!有)|不可(?![抗避缺或])|绝不|决不|"
    "严格?禁|不能(?!当场|立即|马上|现场|及时|即时|解决|确定|提供|答复|办理)"
)
_FORBIDDING = re.compile(rf"(?:{_NOT})(?P<what>[^。;!\n]*)")
_MEASURES = re.compile(
    r"^(?:超过|多于|大于|高于|超出|少于|低于|小于|短于|早于|晚于|迟于|超(?=\d)|迟到?于|抗力|避免)"
)
_LEADS = re.compile(
    rf"(?:{_NOT})[^。;]{{0,24}}(?::|(?:行为|情形|情况|现象|事项|做法|举止|表现):?)$|"
    r"(?:禁止|违规|不当|不良)行为:?$|(?:服务|行为)?禁忌:?$|[十八六五九七]不准:?$|禁令:?$|负面清单:?$|服务忌讳:?$"
)


@dataclass(frozen=True, slots=True)
class Prohibition:
    """Behaviour that a clause forbids, in the words of the clause."""

    text: str
    spot: Spot


def find_prohibitions(passage: Passage) -> list[Prohibition]:
    """Return what a passage forbids to do; what forbids words or only sets a figure is left out."""
    found = []
    quoted = [one.span() for one in QUOTED.finditer(passage.text)]
    for match in _FORBIDDING.finditer(passage.folded):
        start, end = match.span()
        if any(first < start < last for first, last in quoted) or _MEASURES.match(match["what"]):
            continue
        says_words = any(start < first < end for first, _ in quoted)
        if not says_words and len(match["what"].strip(" :,")) > 1 and not match[0].endswith(":"):
            found.append(Prohibition(passage.text[start:end].strip(), passage.spot_at(start)))
    return found


def leads_to_prohibitions(folded: str) -> bool:
    """Say whether a heading, or words before a colon, stand over a list of forbidden behaviour."""
    return bool(_LEADS.search(folded.rstrip(" 。;")))
