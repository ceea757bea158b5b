"""Whether a customer whose name is known is called by it, and by the right one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

from rexian.kernel.text.folding import fold
from rexian.kernel.text.sounds import sound
from rexian.standard.domain.evaluator import heard_names, output
from rexian.standard.domain.evaluator.course import CourseCompiler
from rexian.standard.domain.evaluator.doubts import unsure_pieces
from rexian.standard.domain.evaluator.guards import guard
from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.evaluator.output import Output, reason
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.pack.schema import AddressSpec
from rexian.standard.domain.verdicts import Hint, HintKind, Outcome

_HAN = "[\u4e00-\u9fff]"
_EDGE = r"[,.?!;:，。？！；：、…~～ \s“”\"'()（）-]"
_LEADING = (
    "(?:收件人|联系人|户主|本人|客户|姓名|名字|嗯|啊|哦|呃|额|诶|哎|欸|喂"
    "|那个|就是|我的|我|是|叫|姓)*"
)
_BEFORE_NAME = f"(?:^|{_EDGE}|[的是位问叫请给跟和向找于让唤嗯哦啊好])"
_ANYBODY = ("先生", "女士", "小姐")
_NOT_NAMES = "这那位您好的各请问谢对起意思抱歉是不吗嗯啊哦行可以先女小姐同志老"

WRONG = reason(
    {
        "zh-Hans": "称呼错了客户的姓名",
        "zh-Hant": "稱呼錯了客戶的姓名",
        "en": "the customer is called by a wrong name",
    }
)
USED = reason(
    {
        "zh-Hans": "得知姓名后以姓氏加称谓称呼客户",
        "zh-Hant": "得知姓名後以姓氏加稱謂稱呼客戶",
        "en": "the name is used with a title once it is known",
    }
)
UNUSED = reason(
    {
        "zh-Hans": "客户告知了姓名，客服始终没有用来称呼",
        "zh-Hant": "客戶告知了姓名，客服始終沒有用來稱呼",
        "en": "the customer gave a name and is never called by it",
    }
)


LOWER = reason(
    {
        "zh-Hans": "得知更高的称呼，却只用了较低的（就高不就低）",
        "zh-Hant": "得知更高的稱呼，卻只用了較低的（就高不就低）",
        "en": "a higher form of address was told, and only a lower one is used",
    }
)
NO_ADDRESS = reason(
    {
        "zh-Hans": "用了不是称呼的叫法",
        "zh-Hant": "用了不是稱呼的叫法",
        "en": "the customer is called by what is no form of address",
    }
)
_WISHING = ("叫我", "喊我", "称呼我")
NO_RANK = 99
"""Below every rank: titles that are in none, and nothing told."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered: surnames known, one offered by the agent, where one was used.

    ``told`` is the highest rank that the customer told of, ``best`` the highest used since then;
    ``lower`` is where a lower one was used first, ``wished`` the form that the customer asked for.
    ``unread`` tells that recognition may have lost a name: the customer's, or its use. ``answer``
    is what may have been the name as it was read, and ``guessed`` tells that the customer was
    called by one that sounds like nothing of it.
    """

    names: tuple[str, ...] = ()
    offered: str = ""
    asked: bool = False
    chances: int = 0
    used: tuple[int, ...] = ()
    used_quote: str = ""
    used_at: float | None = None
    wrong: bool = False
    told: int = NO_RANK
    best: int = NO_RANK
    lower: int = -1
    lower_quote: str = ""
    lower_at: float | None = None
    wished: str = ""
    unread: bool = False
    answer: str = ""
    guessed: bool = False


_NOTHING_KNOWN = _Known()
_FIELDS = tuple(field.name for field in fields(_Known))


class AddressWatch:
    """One rule on forms of address, watching turn by turn."""

    def __init__(self, spec: AddressSpec, compiler: CourseCompiler) -> None:
        self.spec = spec
        self._asks = 1 << compiler.act(Speaker.AGENT, spec.asks)
        self._offers = 1 << compiler.act(Speaker.AGENT, spec.offers)
        self._confirms = 1 << compiler.act(Speaker.CUSTOMER, spec.confirms)
        self._never = compiler.act(Speaker.AGENT, spec.never) if spec.never else -1
        self._never_bit = 1 << self._never if spec.never else 0
        self._waking = self._asks | self._offers | self._never_bit
        self._told = [
            (rank, 1 << compiler.act(Speaker.CUSTOMER, one.told_by))
            for rank, one in enumerate(spec.ranks)
            if one.told_by
        ]
        self._wished = re.compile(
            rf"(?:叫|喊|称呼)我(?!们|的)(?P<form>{_HAN}{{1,3}}?)(?:就|吧|好|得|即|也|{_EDGE}|$)"
        )
        compounds = "|".join(spec.compound_surnames)
        surname = f"(?:{compounds}|[{spec.surnames}])"
        titles = "|".join(sorted(spec.titles, key=len, reverse=True))
        gives = "|".join(sorted(spec.gives, key=len, reverse=True))
        self._gives = re.compile(
            rf"(?:{gives})[，, ]?(?:(?<=姓)(?P<any>{compounds}|{_HAN})"
            rf"|(?P<name>{surname})(?:{_HAN}{{1,2}}|(?={_EDGE}|$)))"
        )
        self._bare_surname = re.compile(rf"(?:^|{_EDGE})姓(?P<name>{compounds}|{_HAN})")
        self._bare_name = re.compile(
            rf"(?:^|{_EDGE})叫(?P<name>{surname}){_HAN}{{1,2}}(?={_EDGE}|$)"
        )
        self._answer = re.compile(
            rf"(?:^|{_EDGE}){_LEADING}(?P<name>{surname}){_HAN}{{0,2}}?(?:{titles})?(?={_EDGE}|$)"
        )
        self._spelt = re.compile(rf"(?:^|{_EDGE}){_HAN}{{1,4}}的?(?P<name>{surname})(?={_EDGE}|$)")
        self._offered = re.compile(
            rf"{_BEFORE_NAME}(?P<name>{compounds}|[^\W{_NOT_NAMES}]){_HAN}{{0,2}}?(?:{titles})"
        )
        self._named = re.compile(rf"(?P<name>{_HAN}{{1,2}}?)(?:{titles})")
        self._vocative = re.compile(
            rf"(?:^|{_EDGE})(?P<name>{_HAN}{{1,2}}?)(?:{'|'.join(_ANYBODY)})(?={_EDGE}|$|[您你请好是对])"
        )
        self._others = re.compile("|".join(map(re.escape, spec.others)))
        self._titled = re.compile("|".join((titles, *_ANYBODY)))
        self._titles = titles

    def heard(self, state: State) -> tuple[str, str]:
        """Return the customer's surname that came up last, and the title that was used with one."""
        known = self._recall(state)
        title = re.search(f"(?:{self._titles})$", known.used_quote)
        return known.names[-1] if known.names else "", title[0] if title else ""

    def is_unused(self, state: State) -> bool:
        """Say whether a name is known, and the customer was not called by it yet."""
        known = self._recall(state)
        return bool(known.names) and not known.used

    def turn(self, state: State, item: Item, out: Output) -> None:
        """Hear a name given, or see whether it is used."""
        idle = self.spec.id not in state.memory
        if idle and item.by is Speaker.AGENT and not item.mask & self._waking:
            return
        if guard(self.spec.facts, state.facts) is False:
            return
        before = self._recall(state)
        if item.by is Speaker.CUSTOMER:
            known = self._hear(self._hear_rank(before, item), item, out)
            if item.voice is not None and not known.names:
                known = replace(
                    known, answer=known.answer + heard_names.possible_names(item.folded)
                )
            if unsure_pieces(item) and not known.unread:
                known = replace(known, unread=True)
        else:
            known = before
            if item.mask & self._never_bit and not before.wrong:
                known = self._see_never(before, item, out)
            known = self._see(known, item, out)
        if known is not before:
            state.memory[self.spec.id] = tuple(getattr(known, name) for name in _FIELDS)

    def signal(self, state: State, item: Item, out: Output) -> None:
        """Take a signal in: it says nothing to this rule."""

    def finish(self, state: State, out: Output) -> None:
        """Say whether a known name was used; nothing where none was known in time."""
        known = self._recall(state)
        spec = self.spec
        if not known.names or known.wrong or not known.chances:
            return
        if not state.speakers_known:
            out.verdict(spec.clause, spec.id, Outcome.UNDECIDED, output.NO_SPEAKERS)
        elif guard(spec.facts, state.facts) is None:
            why = output.unknown_fact(spec.facts)
            out.verdict(spec.clause, spec.id, Outcome.UNDECIDED, why)
        elif known.lower >= 0 and known.best > known.told and not known.wished:
            out.verdict(
                spec.clause,
                spec.id,
                Outcome.MISSED,
                LOWER,
                turns=(known.lower,),
                quote=known.lower_quote,
                at=known.lower_at,
            )
        elif known.used and known.guessed:
            out.verdict(spec.clause, spec.id, Outcome.UNDECIDED, output.UNSURE)
        elif known.used:
            out.verdict(
                spec.clause,
                spec.id,
                Outcome.MET,
                USED,
                turns=known.used,
                quote=known.used_quote,
                at=known.used_at,
            )
        else:
            out.verdict(spec.clause, spec.id, Outcome.MISSED, UNUSED, unsure=known.unread)

    def _hear_rank(self, known: _Known, item: Item) -> _Known:
        """Hear of which rank the customer is; what is used before that is no longer the best."""
        wished = any(word in item.folded for word in _WISHING) and self._wished.search(item.folded)
        if wished and wished["form"] != known.wished:
            known = replace(known, wished=wished["form"])
        if not self._told:
            return known
        ranks = [rank for rank, bit in self._told if item.mask & bit]
        if ranks and min(ranks) < known.told:
            known = replace(known, told=min(ranks), best=NO_RANK, lower=-1)
        return known

    def _see_never(self, known: _Known, item: Item, out: Output) -> _Known:
        spec, quote = self.spec, item.quote(self._never)
        out.verdict(
            spec.clause,
            spec.id,
            Outcome.MISSED,
            NO_ADDRESS,
            turns=(item.turn,),
            quote=quote,
            at=item.start,
        )
        return replace(known, wrong=True)

    def _ranked(self, known: _Known, item: Item, quote: str) -> _Known:
        """Take in of which rank a use of the name is, where one was told before."""
        if known.told == NO_RANK:
            return known
        title = re.search(f"(?:{self._titles})$", fold(quote))
        used = title[0] if title else ""
        ranks = (rank for rank, one in enumerate(self.spec.ranks) if used in one.titles)
        best = min(known.best, next(ranks, NO_RANK))
        if best > known.told and known.lower < 0:
            known = replace(known, lower=item.turn, lower_quote=quote, lower_at=item.start)
        return replace(known, best=best)

    def _hear(self, known: _Known, item: Item, out: Output) -> _Known:
        names = [one for one in self._names_given(known, item) if heard_names.is_read(one, item)]
        if known.used and not known.wrong and self._is_denied(known, item.folded):
            self._say_wrong(known.used[-1], known.used_quote, known.used_at, out)
            known = replace(known, wrong=True)
        if not names:
            quiet = not known.asked and not known.offered
            return known if quiet else replace(known, asked=False, offered="")
        if not known.names:
            words = tuple(f"{names[0]}{title}" for title in self.spec.titles[:2])
            out.hints.append(Hint(HintKind.SAY, self.spec.clause, self.spec.id, words))
        merged = tuple(dict.fromkeys((*known.names, *names)))
        return replace(known, names=merged, asked=False, offered="")

    def _names_given(self, known: _Known, item: Item) -> list[str]:
        text = item.folded
        found = [m["any"] or m["name"] for m in self._gives.finditer(text)]
        if not found and known.offered and item.mask & self._confirms:
            return [known.offered]
        if not found and (known.asked or "我" in text) and not self._others.search(text):
            found = [m["name"] for m in self._bare_surname.finditer(text)]
            found = found or [m["name"] for m in self._bare_name.finditer(text)]
        if not found and known.asked and item.voice is not None:
            found = [m["any"] or m["name"] for m in self._gives.finditer(heard_names.as_told(text))]
        if not found and known.asked:
            found = [m["name"] for m in self._answer.finditer(text)]
        if not found and known.asked:
            found = [m["name"] for m in self._spelt.finditer(text)][:1]
        return found

    def _see(self, known: _Known, item: Item, out: Output) -> _Known:
        text = item.folded
        asked = bool(item.mask & self._asks)
        offered = self._offered.search(text) if item.mask & self._offers else None
        if asked != known.asked or offered or known.offered:
            known = replace(known, asked=asked, offered=offered["name"] if offered else "")
        if known.unread and not offered and (known.guessed or not known.names):
            known = self._guess(known, item)
        if not known.names:
            return known
        known = replace(known, chances=known.chances + 1)
        if not (known.wished and known.wished in text) and not self._titled.search(text):
            return known
        use = self._use(known, text, heard=item.voice is not None)
        if use is None and item.voice is not None:
            return replace(known, unread=True)
        if use is None:
            return known if known.wrong else self._suspect_wrong(known, item, out)
        words = item.text[use.start() : use.end()]
        known = self._ranked(known, item, words)
        quote = known.used_quote or words
        at = item.start if known.used_at is None else known.used_at
        return replace(known, used=(*known.used, item.turn), used_quote=quote, used_at=at)

    def _guess(self, known: _Known, item: Item) -> _Known:
        """Take the name by which an agent calls a customer whose own words were not read."""
        names = tuple(self._called(known, item))
        like = any(heard_names.sounds_like(one, known.answer) for one in names)
        if not names or (known.names and not like):
            return known
        return replace(known, names=(*known.names, *names), guessed=not like)

    def _called(self, known: _Known, item: Item) -> Iterator[str]:
        """Yield the name by which an agent calls a customer whose own words were not read.

        She has heard it, well or wrongly: it counts where it sounds like what the customer said.
        """
        for match in self._vocative.finditer(item.folded):
            name = match["name"][-1]
            if self._is_surname(name) or heard_names.sounds_like(name, known.answer):
                yield name

    def _use(self, known: _Known, text: str, *, heard: bool) -> re.Match[str] | None:
        """Find a known name with a title, or what the customer asked to be called.

        A homophone may be the recognition's, and is credited.
        """
        names, wished = known.names, known.wished
        if wished and (as_wished := re.search(re.escape(wished), text)):
            return as_wished
        listed = "|".join(map(re.escape, names))
        found = re.search(rf"(?:{listed}){_HAN}{{0,2}}?(?:{self._titles})", text)
        if found:
            return found
        for match in self._named.finditer(text):
            name = match["name"]
            spelt = heard or self._is_surname(name)
            if spelt and any(sound(name) == sound(one) for one in names):
                return match
        return None

    @staticmethod
    def _is_denied(known: _Known, text: str) -> bool:
        """Say whether the customer says that the name used is not theirs: 是覃，不是谭."""
        used = fold(known.used_quote)[:1]
        return used not in known.names and any(f"{no}{used}" in text for no in ("不是", "不姓"))

    def _say_wrong(self, turn: int, quote: str, at: float | None, out: Output) -> None:
        spec = self.spec
        turns = (turn,)
        out.verdict(spec.clause, spec.id, Outcome.MISSED, WRONG, turns=turns, quote=quote, at=at)

    def _suspect_wrong(self, known: _Known, item: Item, out: Output) -> _Known:
        for name, match in self._other_names(known, item.folded):
            later = item.folded[match.end() :]
            if name[0] in _NOT_NAMES or any(one in later for one in self.spec.corrections):
                continue
            self._say_wrong(item.turn, match[0].strip("，。,.：:！!？? "), item.start, out)
            return replace(known, wrong=True)
        return known

    def _other_names(self, known: _Known, text: str) -> Iterable[tuple[str, re.Match[str]]]:
        """Find names by which the customer is called that are not the customer's."""
        for match in self._named.finditer(text):
            name = match["name"]
            if any(name[-1] == one[0] and len(one) > 1 for one in known.names):
                yield name[-1], match
        for match in self._vocative.finditer(text):
            name = match["name"]
            own = any(name.endswith(one) for one in known.names)
            if not own and self._is_surname(name):
                yield name, match

    def _is_surname(self, name: str) -> bool:
        spec = self.spec
        compounds = spec.compound_surnames
        return name[0] in spec.surnames or any(one.startswith(name[0]) for one in compounds)

    def _recall(self, state: State) -> _Known:
        kept = state.memory.get(self.spec.id)
        if not kept:
            return _NOTHING_KNOWN
        return _Known(*kept)
