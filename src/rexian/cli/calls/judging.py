"""Hear recordings and judge them as they come, so that a report can be written meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from rexian.cli.calls.comparing import compared, true_conversation
from rexian.cli.calls.costs import tell_cost
from rexian.cli.calls.hearing import Ear, Heard, cores
from rexian.cli.calls.keeping import Kept
from rexian.cli.calls.processes import heard_among
from rexian.cli.calls.progress import HearingProgress
from rexian.cli.calls.stopping import HearingStopped, Stopping
from rexian.cli.calls.wishes import ASSUMED, HearingWishes
from rexian.cli.misuse import Misuse
from rexian.cli.terminal import Terminal
from rexian.dialogue import services
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.kernel.language import mark, translate_count
from rexian.reports.calls.agreement import HeardTruth
from rexian.reports.calls.inspected import InspectedCall, with_sound
from rexian.speech.domain.unreadable_sound import Unreadable
from rexian.speech.services.finding import FoundCall, find_calls, holds_recordings, texts_beside
from rexian.speech.services.hearing_files import claimed_length

Parameters = Mapping[str, str | int | float | bool]
Transform = Callable[[InspectedCall], Any]


class Calls:
    """The recordings in what a command line names; what lies beside them to be read is ``texts``.

    ``heard`` are those heard so far, and ``was_stopped`` tells that Ctrl-C ended the hearing: what
    was judged until then is reported.
    """

    def __init__(
        self, terminal: Terminal, paths: Sequence[str | Path], wishes: HearingWishes
    ) -> None:
        self.was_stopped = False
        self.total = 0.0
        self._truth = HeardTruth()
        self._terminal, self._paths, self._wishes = terminal, paths, wishes
        self._found: list[FoundCall] = []
        self._broken: list[Unreadable] = []
        self._assumed: set[str] = set()
        self._guessed = 0

    def truth(self) -> HeardTruth:
        """Return how well the calls so far were heard, of those whose true turns are known."""
        return self._truth

    @property
    def texts(self) -> list[str | Path]:
        """What of the paths is to be read, and not heard."""
        return list(texts_beside(self._paths))

    @property
    def count(self) -> int:
        """How many recordings there are."""
        return len(self._found)

    def find(self) -> None:
        """Find the recordings, and say what hearing them will cost where it is much.

        Raises ``Misuse`` where nobody said what reads them, and ``Invalid`` where that cannot.
        """
        for one in find_calls(
            self._paths, facts=self._wishes.facts, channels=self._wishes.channels
        ):
            if isinstance(one, Unreadable):
                self._broken.append(one)
            else:
                self._found.append(self._with_roles(one))
        if not self._wishes.asr:
            raise Misuse(
                mark(
                    "There are recordings ({count}). Say what reads them: --asr whisper:FOLDER, "
                    "sherpa:FOLDER or https://…/v1#MODEL; or --asr none to judge voice and "
                    "silence alone."
                ),
                count=len(self._found),
            )
        self._ear().name()
        if self._wishes.keep:
            Kept.at(self._wishes.keep)
        self._lengths = {one.id: claimed_length(one.path) for one in self._found}
        self.total = sum(self._lengths.values())
        tell_cost(self._terminal, len(self._found), self.total, reads=bool(self._wishes.engine))

    def _with_roles(self, found: FoundCall) -> FoundCall:
        """Return a call with the roles that are assumed where nobody has said any."""
        if found.facts.roles:
            return found
        self._assumed.add(found.id)
        return replace(found, facts=replace(found.facts, roles=ASSUMED))

    def _ear(self) -> Ear:
        threads = max(1, cores() // self._wishes.jobs)
        return Ear(self._wishes.engine, threads, self._wishes.keep)

    def judged(
        self, standard: str, parameters: Parameters, transform: Transform | None = None
    ) -> Iterator[Any]:
        """Yield each call judged, or made of by ``transform``, and in its place what is broken."""
        yield from self._broken
        pending: deque[Conversation] = deque()
        # What is a conversation already is never unreadable.
        results = cast(
            "Iterator[InspectedConversation]",
            services.inspect_batch(
                iter(pending.popleft, None), standard=standard, parameters=parameters
            ),
        )
        for one in self._heard():
            if isinstance(one, Unreadable):
                yield one
                continue
            self._note(one)
            pending.append(one.conversation)
            call = with_sound(next(results), one.call, one.found.path)
            if self._wishes.compares and (true := true_conversation(one)):
                pending.append(true)
                self._truth += compared(one, call, next(results))
            yield transform(call) if transform else call
        self._tell()

    def _heard(self) -> Iterator[Heard | Unreadable]:
        ear, jobs = self._ear(), min(self._wishes.jobs, len(self._found) or 1)
        with Stopping() as stopping, HearingProgress(self._terminal, self.total) as progress:

            def within(done: float, total: float) -> None:
                progress.within(done, total)
                stopping.heed(done, total)

            if jobs > 1:
                through = heard_among(ear, self._found, jobs=jobs, stopping=stopping)
            else:
                through = (ear(one, within) for one in self._found)
            try:
                for found, one in zip(self._found, through, strict=False):
                    was_kept = isinstance(one, Heard) and one.was_kept
                    progress.past(self._lengths[found.id], was_kept=was_kept)
                    yield one
                    stopping.heed(0.0, 0.0)
            except (HearingStopped, KeyboardInterrupt):
                self.was_stopped = True

    def _note(self, one: Heard) -> None:
        """Keep what is told at the end, and tell what was odd about a recording at once."""
        if one.found.id in self._assumed and len(one.call.roles) == len(ASSUMED):
            self._guessed += one.call.says_something
        for remark in (*one.found.remarks, *one.remarks):
            sentence = remark.sentence(self._terminal.language)
            self._terminal.note(f"{one.found.source}: {sentence}")

    def _tell(self) -> None:
        """Tell what was assumed, and what Ctrl-C left out."""
        if self._guessed:
            sentence = translate_count(
                "Nobody says who speaks where in {count} recording with two channels: the first is"
                " taken for the agent's. Say it with --channels, or in the table of facts.",
                "Nobody says who speaks where in {count} recordings with two channels: the first is"
                " taken for the agent's. Say it with --channels, or in the table of facts.",
                self._guessed,
                self._terminal.language,
            )
            self._terminal.note(sentence)
        if self.was_stopped:
            self._terminal.remark(mark("Stopped: what was heard until now is in the report."))


def calls_in(
    terminal: Terminal, paths: Sequence[str | Path], wishes: HearingWishes
) -> Calls | None:
    """Return the recordings in ``paths``, ``None`` where there are none."""
    named = [path for path in paths if str(path) != services.STANDARD_INPUT]
    if not holds_recordings(named):
        return None
    calls = Calls(terminal, paths, wishes)
    calls.find()
    return calls
