"""Figures as Chinese standards write them."""

from __future__ import annotations

import pytest

from rexian.kernel.text.folding import fold
from rexian.standard.domain.drafting.figures import Bound, Kind, find_figures, find_soft_words


@pytest.mark.parametrize(
    ("text", "kind", "value", "bound"),
    [
        ("三声之内接听", Kind.RINGS, 3, Bound.MOST),
        ("2个工作日内办结", Kind.TIME, "W+2", Bound.MOST),
        ("半小时内回电", Kind.TIME, "30min", Bound.MOST),
        ("一个半小时", Kind.TIME, "90min", Bound.EXACT),
        ("提前15分钟到岗", Kind.TIME, "15min", Bound.LEAST),
        ("次日12点前回访", Kind.CLOCK, "D+1 12:00", Bound.MOST),
        ("次日上午结清", Kind.CLOCK, "D+1 12:00", Bound.MOST),
        ("8:30—17:30受理", Kind.CLOCK, "8:30-17:30", Bound.EXACT),
        ("接通率不低于98％", Kind.RATE, 0.98, Bound.LEAST),
        ("差错率控制在千分之二以内", Kind.RATE, 0.002, Bound.MOST),
        ("投诉全部回访", Kind.RATE, 1.0, Bound.LEAST),
        ("语速为180-200字/分钟", Kind.SPEECH, 200, Bound.EXACT),
        ("每分钟不超过220字", Kind.SPEECH, 220, Bound.EXACT),
        ("罚款500元至3000元", Kind.AMOUNT, 3000, Bound.EXACT),
        ("每次扣5分", Kind.AMOUNT, 5, Bound.EXACT),
        ("满意度评分不低于4.5分", Kind.AMOUNT, 4.5, Bound.LEAST),
        ("回访不少于两次", Kind.COUNT, 2, Bound.LEAST),
        ("保持1米距离", Kind.MEASURE, 1, Bound.EXACT),
        ("在XX小时内回复", Kind.BLANK, "", Bound.MOST),
        ("每月5日前上报", Kind.CLOCK, "", Bound.MOST),
    ],
)
def test_a_figure_is_typed(text: str, kind: Kind, value: object, bound: Bound) -> None:
    found = find_figures(fold(text))
    assert [(one.kind, one.value, one.bound) for one in found] == [(kind, value, bound)]


@pytest.mark.parametrize(
    "text",
    [
        "2023年5月1日起施行",
        "按照第十二条办理",
        "全天24小时服务",
        "拨打95598或010-12345678",
        "一次性告知",
        "每周一例会",
        "执行GB/T 19001",
        "一天到晚",
    ],
)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert find_figures(fold(text)) == []


def test_soft_words_make_the_figures_of_their_part_of_the_sentence_soft() -> None:
    text = fold("原则上二个工作日办结，七个工作日必须答复")
    assert [one.soft for one in find_figures(text)] == [True, False]
    assert find_soft_words(fold("尽量在三分钟左右回拨")) == ["尽量", "左右"]
