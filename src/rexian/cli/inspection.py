"""``rexian inspect``: judge conversations against a standard, and report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import typer

from rexian.cli import inspection_options as options
from rexian.cli.book import open_standard
from rexian.cli.calls.judging import Calls, calls_in
from rexian.cli.calls.playing import SoundsOfReport
from rexian.cli.calls.wishes import HearingWishes
from rexian.cli.comparison import Comparison
from rexian.cli.course import Course
from rexian.cli.destination import destination, show
from rexian.cli.language import LanguageOption
from rexian.cli.misuse import Misuse
from rexian.cli.report import CitedStandards, Form, LineMaker, Report, form_of
from rexian.cli.selection import Selection
from rexian.cli.settings import plain_value
from rexian.cli.terminal import Terminal
from rexian.dialogue import services
from rexian.kernel.language import mark
from rexian.reports.calls.agreement import no_truth

STOPPED = 130

HELP = mark(
    "Judge conversations against a service standard.\n\n"
    "Reads transcripts as JSONL, CSV, workbooks or plain text with a name before each turn "
    "(客服: 客户:), hears recordings (WAV, MP3, Opus, M4A, FLAC), and says of every clause whether "
    "it was met or missed, with the words that show it."
)
EXAMPLES = mark(
    "# how a folder of transcripts did, in a table\n"
    "rexian inspect transcripts/ --standard highway\n"
    "# one page to look at, or a workbook to send\n"
    "rexian inspect june.jsonl --output june.html --open\n"
    "rexian inspect june.jsonl --output june.xlsx\n"
    "# forbidden words alone, a line a conversation, for a program\n"
    "rexian inspect june.jsonl --only HW-3.12 --outcome missed --format jsonl\n"
    "# plain text in which A is the agent\n"
    "rexian inspect call.txt --role A=agent --role B=customer\n"
    "# how well the rules do on conversations that people have labelled\n"
    "rexian inspect labelled.jsonl --truth --bar 0.9\n"
    "# hear a folder of recordings, and look at a page that plays them\n"
    "rexian inspect calls/ --asr whisper:model --output calls.html\n"
    "# a month of them, to be gone on with after a stop\n"
    "rexian inspect calls/ --asr whisper:model --keep heard/ --output calls.xlsx"
)


def inspect(
    context: typer.Context,
    *,
    paths: options.Paths = None,
    samples: options.Samples = False,
    roles: options.Roles = None,
    asr: options.Asr = None,
    facts: options.FactsTable = None,
    channels: options.Channels = None,
    keep: options.Keep = None,
    sound: options.SoundOption = None,
    standard: options.StandardOption = services.AUTO,
    parameters: options.Parameters = None,
    truth: options.Truth = False,
    bar: options.Bar = None,
    jobs: options.Jobs = 1,
    form: options.Form = None,
    output: options.Output = None,
    opened: options.Open = False,
    only: options.Only = None,
    outcomes: options.Outcomes = None,
    below: options.Below = None,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Judge what the options name, and return the exit status."""
    terminal: Terminal = context.obj
    given = {one.name: plain_value(one.value) for one in parameters or ()}
    if standard != services.AUTO:
        open_standard(standard, given)
    wanted, sources = form_of(form, output, terminal), _sources(paths, samples=samples)
    compares = truth or bar is not None
    wishes = HearingWishes.of(asr, facts, channels, jobs, keep, compares=compares)
    calls = calls_in(terminal, sources, wishes)
    course, selection = Course(terminal), Selection.of(only, outcomes, below)
    comparison = Comparison(selection, calls) if compares else None
    report = Report(
        wanted,
        terminal,
        CitedStandards(standard, given),
        course.problems,
        comparison.settled if comparison else None,
        SoundsOfReport.of(sound, calls, output),
        comparison.hearing if comparison else no_truth,
    )
    sides = {one.name: one.value for one in roles or ()}
    judge = partial(_Judge(sources, sides, standard, given, jobs), calls)
    with destination(output) as target:
        _write(report, course, judge, selection, target, comparison)
    _tell(course, report, output, opened=opened)
    reached = _tell_agreement(comparison, report, output, bar) if comparison else True
    return _status(calls, all_is_well=reached and not course.problems)


def _status(calls: Calls | None, *, all_is_well: bool) -> int:
    """Return the exit status: of a hearing that was stopped, that it was."""
    if calls and calls.was_stopped:
        return STOPPED
    return 0 if all_is_well else 1


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges what there is to be read, and then what there is to be heard."""

    sources: list[str | Path]
    roles: Mapping[str, str]
    standard: str
    parameters: Mapping[str, Any]
    jobs: int

    def __call__(
        self, calls: Calls | None, transform: Callable[[Any], Any] | None = None
    ) -> Iterator[Any]:
        """Return what was judged, or what ``transform`` makes of it."""
        texts = self.sources if calls is None else calls.texts
        read = services.inspect_batch(
            services.find_records(texts, roles=self.roles),
            standard=self.standard,
            parameters=self.parameters,
            jobs=self.jobs if texts else 1,
            transform=transform,
        )
        if calls is None:
            return read
        return chain(read, calls.judged(self.standard, self.parameters, transform))


def _sources(paths: Sequence[str] | None, *, samples: bool) -> list[str | Path]:
    sources = [*(paths or ()), *(services.samples() if samples else ())]
    if not sources:
        raise Misuse(mark("Which conversations? Name files or folders, - or --samples."))
    return sources


def _write(
    report: Report,
    course: Course,
    judge: Callable[..., Iterator[Any]],
    selection: Selection,
    target: BinaryIO | None,
    comparison: Comparison | None,
) -> None:
    if report.form is Form.JSONL and not comparison:
        stream = target or report.terminal.output
        make = LineMaker(selection, report.terminal.language)
        for line in course.through(judge(transform=make)):
            stream.write(line.content)
        return
    inspected = course.through(judge())
    if comparison:
        inspected = comparison.through(inspected)
    report.write(selection.among(inspected), target)


def _tell(course: Course, report: Report, output: Path | None, *, opened: bool) -> None:
    if report.form is not Form.TABLE:
        course.tell_fallbacks()
    if output is not None:
        report.terminal.remark(mark("Report: {file}"), file=output.resolve())
        report.sounds.tell(report.terminal)
        if opened:
            show(output, os.environ)


def _tell_agreement(
    comparison: Comparison, report: Report, output: Path | None, bar: float | None
) -> bool:
    """Show the agreement where the report on the terminal does not; tell whether it reaches."""
    terminal = report.terminal
    if report.form is not Form.TABLE or output is not None:
        comparison.print_on(terminal)
    reached = bar is None or comparison.settled().reaches(bar)
    if not reached:
        terminal.complain(terminal.say(mark("The agreement is below the bar of {bar}."), bar=bar))
    return reached
