"""What a draft makes of figures: parameters, and rules where it is plain what counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rexian.kernel.text.folding import fold
from rexian.standard.domain.drafting import doubts
from rexian.standard.domain.drafting.doubts import Doubt
from rexian.standard.domain.drafting.figures import Bound, Figure, Kind
from rexian.standard.domain.drafting.plans import DraftedClause, NamedFigure, Plan
from rexian.standard.domain.drafting.spoken_rules import slug, title_of
from rexian.standard.domain.drafting.yaml_text import comment, listed, parameter, scalar

FIGURES, MANIFEST = "figures.yaml", "pack.yaml"
ANSWERS = re.compile(r"答复|回复|回电|复电|反馈|告知|回应客户")
NAMES_NO_TIME = re.compile(r"(?:规定|约定|承诺|相应|限定)的?(?:时限|时间|期限)(?:之?内)?")
COUNTED = (
    (re.compile("回访率"), "callback_rate"),
    (re.compile("(?:及时|按时|按期|限时)[^,。;率]{0,6}率"), "on_time"),
    (re.compile("满意(?:率|度)"), "satisfied_of_reached"),
    (re.compile("(?:解决|办结)率"), "solved_of_reached"),
)
"""Rates that cases and callbacks count, by what a document calls them."""

TOLERANCE = 0.15
_SAMPLE = (
    "您好，您咨询的事项我已经为您查询到了，办理时请带好本人的有效证件，在工作时间内到任意一个服务点"
    "都可以办理，办理完成以后会有短信通知到您登记的号码，请您留意查收，"
)
_SECONDS_OF_SAMPLE = 40
_SPANS = re.compile(r"^\d+(?:\.\d+)?(?:s|min|h)$")


def parameter_lines(clause: DraftedClause) -> list[str]:
    """Return the parameters of a clause as lines of YAML, each under the place it was read at."""
    lines = []
    for one in clause.figures:
        value: str | float = one.figure.value if one.figure.value != "" else "?"
        soft = "；软性" if one.figure.soft else ""
        lines += [
            f"  {comment(clause.read.spot.said('zh-Hans') + '：' + one.quote + soft)}",
            f"  {one.name}:",
            f"    default: {scalar(_value_for(one, value))}",
            f"    clause: {clause.id}",
            f"    title: {{zh: {scalar(one.quote)}}}",
        ]
    return lines


def deadlines(plan: Plan, clause: DraftedClause) -> list[str]:
    """Return the answers that a clause promises within a time, as lines of YAML."""
    lines = []
    for number, one in enumerate(filter(is_answer, clause.figures), 1):
        lines += [
            f"  - id: {slug(clause)}-answer" + (f"-{number}" if number > 1 else ""),
            f"    clause: {clause.id}",
            f"    title: {{zh: {scalar(one.quote)}}}",
            f"    within: {parameter(one.name)}",
        ]
        if "promise-contact" in plan.base.acts:
            lines.append("    promised_by: promise-contact")
    return lines


def targets(clause: DraftedClause) -> list[str]:
    """Return the rates of a clause that Rexian counts, as lines of YAML."""
    lines = []
    for number, one in enumerate(clause.figures, 1):
        figure = counted_as(one)
        if figure:
            bound = "at_most" if one.figure.bound is Bound.MOST else "at_least"
            lines += [
                f"  - id: {slug(clause)}-rate-{number}",
                f"    clause: {clause.id}",
                f"    title: {{zh: {scalar(one.quote)}}}",
                f"    figure: {figure}",
                f"    {bound}: {parameter(one.name)}",
            ]
    return lines


def voice(clause: DraftedClause) -> list[str]:
    """Return how fast a clause asks to speak, as lines of YAML: outside of it is a suspicion."""
    found = [one.figure for one in clause.figures if one.figure.kind is Kind.SPEECH]
    if not found:
        return []
    low, high = _range(found[0])
    middle = int((low + high) / 2)
    return [
        f"  {comment(clause.read.spot.said('zh-Hans') + '；上下各留 15 % 为起草时所加')}",
        f"  - id: {slug(clause)}-rate",
        f"    clause: {clause.id}",
        f"    title: {{zh: {scalar(title_of(clause))}}}",
        f"    at_least: {low}",
        f"    at_most: {high}",
        "    outcome: suspect",
        "    examples:",
        f"      - met: {_spoken_at(middle)}",
        f"      - suspect: {_spoken_at(high * 2)}",
    ]


def rings(clause: DraftedClause) -> list[str]:
    """Return by which ring a clause asks to answer, as the lines of a scene in YAML."""
    found = [one for one in clause.figures if one.figure.kind is Kind.RINGS]
    if not found:
        return []
    most = int(found[0].figure.high)
    return [
        f"  {comment(clause.read.spot.said('zh-Hans'))}",
        f"  - id: {slug(clause)}-rings",
        f"    clause: {clause.id}",
        f"    title: {{zh: {scalar(title_of(clause))}}}",
        "    if: {channel: phone, direction: in}",
        "    when: {signal: answer}",
        "    since: start",
        "    within: 1",
        f"    expect: {{rings: {{at_most: {parameter(found[0].name)}}}}}",
        "    outcome: suspect",
        "    examples:",
        f"      - met: [{scalar(f'[响铃 {most}]')}, 客服：您好。]",
        f"      - suspect: [{scalar(f'[响铃 {most + 3}]')}, 客服：您好。]",
    ]


def figure_doubts(clause: DraftedClause) -> Iterator[Doubt]:
    """Yield what is uncertain about the figures of a clause."""
    for one in clause.figures:
        sentence, values = _asked(one)
        if sentence:
            spot = clause.read.spot
            yield Doubt("parameters", one.name, MANIFEST, sentence, spot, one.quote, values)
    for match in NAMES_NO_TIME.finditer(fold(clause.read.text())):
        values = {"words": match[0]}
        spot, quote = clause.read.spot, clause.read.text()
        yield Doubt("clauses", clause.id, "clauses.yaml", doubts.NO_FIGURE, spot, quote, values)


def is_answer(one: NamedFigure) -> bool:
    """Say whether a figure is a time within which a customer is answered."""
    figure = one.figure
    timed = figure.kind is Kind.TIME and figure.bound in (Bound.MOST, Bound.EXACT)
    whole_days = str(figure.value).startswith("D+")
    spans = bool(_SPANS.match(str(figure.value)))
    return timed and (spans or whole_days) and bool(ANSWERS.search(fold(one.quote)))


def counted_as(one: NamedFigure) -> str:
    """Return the name of the figure by which Rexian counts a rate; none for those it does not."""
    if one.figure.kind is not Kind.RATE:
        return ""
    return next((name for known, name in COUNTED if known.search(fold(one.quote))), "")


def _value_for(one: NamedFigure, value: str | float) -> str | float:
    """Return the value of a parameter: what is promised counts plain days, cases calendar days."""
    if is_answer(one) and str(value).startswith("D+"):
        return f"{str(value)[2:]}d"
    return value


def _asked(one: NamedFigure) -> tuple[str, dict[str, str]]:
    figure, values = one.figure, {"words": one.quote}
    if figure.kind is Kind.BLANK:
        return doubts.OPEN_FIGURE, values
    if figure.value == "":
        return doubts.UNCLEAR_TIME, values
    if figure.kind is Kind.SPEECH:
        return doubts.ROUGH_RATE, values
    if figure.kind is Kind.RATE and not counted_as(one):
        return doubts.UNKNOWN_RATE, values
    if figure.soft:
        return doubts.SOFT_FIGURE, {**values, "soft": "、".join(one.clause.soft_words())}
    return "", {}


def _range(figure: Figure) -> tuple[int, int]:
    low = 0 if figure.bound is Bound.MOST else int(figure.low * (1 - TOLERANCE))
    high = 600 if figure.bound is Bound.LEAST else int(figure.high * (1 + TOLERANCE))
    return low, high


def _spoken_at(rate: int) -> str:
    """Return an example of somebody who speaks so fast."""
    return listed([f"[语速 {rate}]", "客服：" + _sample(rate)])


def _sample(rate: int) -> str:
    """Return words long enough to take most of a minute at a rate."""
    wanted = rate * _SECONDS_OF_SAMPLE // 60
    return (_SAMPLE * (wanted // len(_SAMPLE) + 1))[: wanted + 10]
