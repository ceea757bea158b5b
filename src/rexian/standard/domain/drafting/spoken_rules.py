"""Rules that a draft makes of wording: scenes that notice it, lists of words that are forbidden.

None convicts where the document does not say when words are due: a person says that first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rexian.kernel.text.folding import fold
from rexian.standard.domain.drafting import doubts
from rexian.standard.domain.drafting.doubts import Doubt
from rexian.standard.domain.drafting.plans import DraftedClause, Plan
from rexian.standard.domain.drafting.wordings import Stance, Wording
from rexian.standard.domain.drafting.yaml_text import comment, listed, scalar

WORDING, FORBIDDEN = "wording.yaml", "forbidden.yaml"
LONGEST_GIST, LONGEST_TITLE, SHORT_WORD = 12, 20, 3
_MARK = re.compile(r"[×✕*＊]+|[XxＸ]{2,}|[YyＹ]{2,}|[_＿]{2,}|[○〇]{2,}|某某")
_PIECE = re.compile(r"[\u3400-\u9fffa-z0-9]+")
_NOT_SAID = re.compile(r"[()（）\[\]【】<>《》|^$…]+")
_LEADING = re.compile(
    r"(?:应当?|须|要|先|再|可|请|并|则|统一|规范|而)*(?:说|讲|为|是|使用|用|回答|答)*$"
)
_FORBIDS = re.compile("不得|严禁|禁止|不可|不能|不要")
_OPENS = re.compile(r"首问|开头语|开场|接听|接起|接通|来电|问候|铃|上线")
_ENDS = re.compile(r"外呼|去电|拨打|回访|挂机|结束|无声|回电|呼出|转接|等待")
_GREETS = re.compile(r"^(?:您好|你好|早上好|上午好|中午好|下午好|晚上好|新年好|节日)")
_HARMLESS = ("航班明早七点起飞。", "您好，请讲。", "好的，马上为您办理。", "明白了。")


def slug(clause: DraftedClause) -> str:
    """Return the number of a clause as part of an id."""
    prefix, _, number = clause.id.lower().partition("-")
    return f"{prefix}-{number.replace('-', '-r').replace('.', '-')}"


def gist(words: str) -> str:
    """Return the phrase by which wording is known: its longest piece without marks.

    A word or two are it only by themselves; a single character among marks is no phrase.
    """
    parts = [part for piece in _MARK.split(words) for part in _PIECE.findall(fold(piece))]
    longest = max(parts, key=len, default="")[:LONGEST_GIST]
    if len(longest) < SHORT_WORD and _is_alone(longest, words):
        return f"^{longest}$" if longest else ""
    return longest if len(longest) > 1 else ""


def marks_in(wordings: Iterable[str]) -> list[str]:
    """Return the marks that stand for something in wording, each once."""
    return list(dict.fromkeys(one for words in wordings for one in _MARK.findall(words)))


def scene(plan: Plan, clause: DraftedClause) -> tuple[list[str], list[Doubt]]:
    """Return the scene of the words that a clause prescribes, as lines of YAML, with its doubts."""
    said = [one for one in clause.said(Stance.SAY) if gist(one.text)]
    if not said:
        return [], []
    opens = _is_opening(clause, said)
    phrases = {"phrase": listed(dict.fromkeys(gist(one.text) for one in said))}
    known = "{agent: {phrase: " + phrases["phrase"] + "}}"
    name = f"{slug(clause)}-words"
    lines = [
        f"  {comment(_places(said))}",
        f"  - id: {name}",
        f"    clause: {clause.id}",
        f"    title: {{zh: {scalar(_occasion(clause, said[0]))}}}",
    ]
    if opens:
        lines += ["    if: {direction: in}", "    when: start", "    within: 2"]
        known = "{agent: greet}" if "greet" in plan.base.acts else known
    else:
        lines += [f"    when: {known}", "    within: 1"]
    lines += [f"    expect: {known}", "    outcome: suspect", "    say:"]
    lines += [f"      - {scalar(one.text)}" for one in said]
    lines += ["    examples:", f"      - met: [{scalar('客服：' + _aloud(said[0].text))}]"]
    if opens:
        lines.append(
            "      - suspect: [客服：嗯。, 客户：喂？, 客服：哦。, 客户：在吗？, 客服：哦。]"
        )
    return lines, list(_scene_doubts(name, said, opens=opens))


def forbidden(plan: Plan, clause: DraftedClause) -> tuple[list[str], list[Doubt]]:
    """Return the list of the words that a clause forbids, as lines of YAML, with its doubts."""
    del plan
    words = {phrase: one for one in clause.said(Stance.NEVER) if (phrase := _phrase(one.text))}
    if not words:
        return [], []
    name = f"{slug(clause)}-forbidden"
    lines = [
        f"  {comment(_places(list(words.values())))}",
        f"  - id: {name}",
        f"    clause: {clause.id}",
        f"    title: {{zh: {scalar('禁语：' + title_of(clause))}}}",
        "    words:",
    ]
    for phrase, one in words.items():
        narrow = len(phrase) <= SHORT_WORD and _is_alone(phrase, one.text)
        known = listed([f"^{phrase}$" if narrow else phrase])
        gap = ", gap: 4" if "…" in phrase else ""
        lines.append(f"      - word: {scalar(phrase)}")
        lines.append(f"        is: {{phrase: {known}{gap}}}")
    harmless = next(
        (one for one in _HARMLESS if not any(_says(one, each) for each in words)), "嗯。"
    )
    said = next(iter(words)).replace("…", "，")
    lines += [
        "    examples:",
        f"      - met: [{scalar('客服：' + harmless)}]",
        f"      - missed: [{scalar(f'客服：{said}。')}]",
    ]
    return lines, list(_word_doubts(name, words))


def title_of(clause: DraftedClause) -> str:
    """Return a short title: the beginning of the clause."""
    text = clause.read.lines[0].text
    first = re.split(r"[，。；：“！？,;:「]", text)[0].strip() or text
    return first[:LONGEST_TITLE]


def _occasion(clause: DraftedClause, said: Wording) -> str:
    """Return what wording is for: the words just before it, else the beginning of the clause."""
    before = clause.read.text().partition(said.text)[0]
    words = re.split(r"[，。；：“”「」！？,;:]", before.rstrip("“「：:"))[-1]
    words = words[: len(_LEADING.sub("", fold(words)))]
    is_title = 1 < len(words) <= LONGEST_TITLE and not _FORBIDS.match(fold(words))
    if said.situation or is_title:
        return said.situation or words
    title = title_of(clause)
    return clause.read.heading if _FORBIDS.match(fold(title)) and clause.read.heading else title


def _is_opening(clause: DraftedClause, said: Sequence[Wording]) -> bool:
    about = fold(clause.read.text() + "".join(one.situation for one in said))
    greets = _GREETS.search(said[0].text) is not None
    return greets and bool(_OPENS.search(about)) and not _ENDS.search(about)


def _scene_doubts(name: str, said: Sequence[Wording], *, opens: bool) -> Iterator[Doubt]:
    sentence = doubts.SUSPECTED if opens else doubts.WHEN_DUE
    yield Doubt("scenes", name, WORDING, sentence, said[0].spot, said[0].text)
    for one in said:
        if not one.is_sure:
            values = {"words": one.text}
            asked = doubts.NOT_SURELY_WORDING
            yield Doubt("scenes", name, WORDING, asked, one.spot, one.text, values)


def _word_doubts(name: str, words: dict[str, Wording]) -> Iterator[Doubt]:
    for phrase, one in words.items():
        values = {"words": one.text}
        if not one.is_sure:
            asked = doubts.NOT_SURELY_FORBIDDEN
            yield Doubt("forbidden", name, FORBIDDEN, asked, one.spot, one.text, values)
        elif len(phrase) <= SHORT_WORD:
            asked = doubts.NARROW_SENSE
            yield Doubt("forbidden", name, FORBIDDEN, asked, one.spot, one.text, values)


def _phrase(words: str) -> str:
    """Return forbidden words as a phrase: their pieces in order, whatever stands between."""
    plain = _NOT_SAID.sub(" ", _MARK.sub(" ", words))
    return "…".join(_PIECE.findall(fold(plain)))


def _says(sentence: str, phrase: str) -> bool:
    """Say whether all pieces of a phrase are in a sentence."""
    return all(piece in sentence for piece in phrase.split("…"))


def _is_alone(phrase: str, words: str) -> bool:
    """Say whether words are nothing but the phrase, apart from the marks at their end."""
    return fold(words).strip(" 。!?,.;:") == phrase


def _aloud(words: str) -> str:
    """Return words as they are said in an example."""
    return " ".join(words.split()) or "嗯。"


def _places(wordings: Sequence[Wording]) -> str:
    return "；".join(dict.fromkeys(one.spot.said("zh-Hans") for one in wordings))
