"""Where rules put what they say of an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rexian.standard.domain.verdicts import Hint, Outcome, Verdict

Why = tuple[tuple[str, str], ...]
"""A reason: a sentence in each language."""


def reason(texts: Mapping[str, str]) -> Why:
    """Return the reason that these texts by language give."""
    return tuple(texts.items())


@dataclass(slots=True)
class Output:
    """The verdicts and hints that an event brings about, in the order of the rules."""

    verdicts: list[Verdict] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)

    def verdict(
        self,
        clause: str,
        rule: str,
        outcome: Outcome,
        why: Why,
        *,
        turns: tuple[int, ...] = (),
        quote: str = "",
        at: float | None = None,
        unsure: bool = False,
    ) -> None:
        """Add a verdict; a miss that rests on what recognition was ``unsure`` of is undecided."""
        if unsure and outcome is Outcome.MISSED:
            outcome, why = Outcome.UNDECIDED, UNSURE
        self.verdicts.append(Verdict(clause, rule, outcome, turns, quote, at, why))


# What rules of every kind have to say, in the languages of the packs.
NO_CHANCE = reason(
    {
        "zh-Hans": "对话在此之后没有客服发言的机会",
        "zh-Hant": "對話在此之後沒有客服發言的機會",
        "en": "the conversation ended before the agent could act",
    }
)
NOT_DUE = reason(
    {
        "zh-Hans": "本次对话不适用",
        "zh-Hant": "本次對話不適用",
        "en": "not due in this conversation",
    }
)
NO_SIGNALS = reason(
    {
        "zh-Hans": "记录看不出所需的振铃、等待、挂机等信号，无法判断",
        "zh-Hant": "記錄看不出所需的振鈴、等待、掛機等訊號，無法判斷",
        "en": "the record does not tell the rings, holds or hang-up to judge by",
    }
)
NO_TIMES = reason(
    {
        "zh-Hans": "记录中没有时间，无法判断",
        "zh-Hant": "記錄中沒有時間，無法判斷",
        "en": "the record has no times to judge by",
    }
)
UNSURE = reason(
    {
        "zh-Hans": "此处语音识别不确定，不作判定，请听录音",
        "zh-Hant": "此處語音識別不確定，不作判定，請聽錄音",
        "en": "recognition was unsure here: nothing is decided, listen to the recording",
    }
)
NO_SPEAKERS = reason(
    {
        "zh-Hans": "记录分不清谁在说话，无法判断",
        "zh-Hant": "記錄分不清誰在說話，無法判斷",
        "en": "the record does not tell who speaks",
    }
)
MET = reason(
    {
        "zh-Hans": "做到了：{title}",
        "zh-Hant": "做到了：{title}",
        "en": "done: {title}",
    }
)
MISSED = reason(
    {
        "zh-Hans": "没有做到：{title}",
        "zh-Hant": "沒有做到：{title}",
        "en": "not done: {title}",
    }
)
FORBIDDEN = reason(
    {
        "zh-Hans": "说了禁止的话：{title}",
        "zh-Hant": "說了禁止的話：{title}",
        "en": "forbidden words: {title}",
    }
)
SUSPECT = reason(
    {
        "zh-Hans": "疑似，需人工确认：{title}",
        "zh-Hant": "疑似，需人工確認：{title}",
        "en": "suspected, to be confirmed by a person: {title}",
    }
)
BY_SOUND = reason(
    {
        "zh-Hans": "按读音认定（疑为识别错字）：{title}",
        "zh-Hant": "按讀音認定（疑為識別錯字）：{title}",
        "en": "credited by sound (probably misspelt by recognition): {title}",
    }
)


def with_title(texts: Why, title: Mapping[str, str]) -> Why:
    """Fill the rule's title into a general reason, language by language."""
    first = next(iter(title.values()), "")
    return tuple(
        (language, text.format(title=title.get(language, first))) for language, text in texts
    )


def unknown_fact(names: Iterable[str]) -> Why:
    """Return the reason for a rule that rests on facts nobody gave."""
    listed = ", ".join(names)
    return reason(
        {
            "zh-Hans": f"不知道这次对话的 {listed}，无法判断",
            "zh-Hant": f"不知道這次對話的 {listed}，無法判斷",
            "en": f"undecided, since this is not known of the contact: {listed}",
        }
    )
