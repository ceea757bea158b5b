"""Workbooks: a month's figures down to the rows, its dissatisfied, what was heard in a week."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import IO
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from rexian.callbacks.domain.answers import OUTCOME_NAMES, WORD_NAMES, Outcome, WordKind
from rexian.callbacks.queries.months import MonthSurvey, WordShown
from rexian.cases.domain.masking import masked_number
from rexian.kernel.language import mark, translate
from rexian.reports.casework.figures import FORMULAS, LEFT_OUT_NAMES, TITLES, Figure, Row
from rexian.reports.casework.months import MonthPage
from rexian.reports.inspection.xlsx.sheets import Heading, Kind, Sheet, Value
from rexian.standard.domain.pack.casework import TargetSpec

_COUNTS = mark("counts in the numerator")
_COUNTS_NOT = mark("counts in the denominator only")


def write_month(
    page: MonthPage, target: IO[bytes], *, language: str, zone: ZoneInfo, title: str
) -> None:
    """Write a month's figures, then a sheet of the rows of each."""
    book = _book(title)
    sheet = Sheet(book, translate("Figures", language), _figure_headings(language))
    for one in page.figures.values():
        sheet.append(_figure_row(one, page, language))
    sheet.close()
    for one in page.figures.values():
        _write_rows(book, one, language, zone)
    book.save(target)


def write_dissatisfied(
    found: Iterable[MonthSurvey],
    target: IO[bytes],
    *,
    whole_numbers: Callable[[MonthSurvey], bool],
    language: str,
    zone: ZoneInfo,
    title: str,
) -> None:
    """Write the month's table of those who were not content (GH-4.10)."""
    titles = {
        mark("Case"): 16, mark("Matter"): 34, mark("Customer"): 14, mark("Number"): 16,
        mark("Asked at"): 17, mark("Asked by"): 12, mark("Round"): 7, mark("Is it solved"): 12,
        mark("Is the customer satisfied"): 12, mark("What the customer said"): 44,
        mark("Handled by"): 12, mark("Unit"): 16, mark("What follows"): 18,
    }  # fmt: skip
    book = _book(title)
    sheet = Sheet(book, translate("Dissatisfied", language), _headings(titles, language))
    for one in found:
        sheet.append(_dissatisfied_row(one, whole_numbers(one), language, zone))
    sheet.close()
    book.save(target)


def write_words(
    found: Iterable[WordShown], target: IO[bytes], *, language: str, zone: ZoneInfo, title: str
) -> None:
    """Write what was heard in a week, a sheet a department, with room for its answer (GH-4.7)."""
    titles = {
        mark("Case"): 16, mark("Kind"): 10, mark("Urgent"): 8, mark("What the customer said"): 60,
        mark("Heard at"): 17, mark("Heard by"): 12, mark("What became of it"): 50,
    }  # fmt: skip
    by_unit: dict[str, list[WordShown]] = {}
    for one in found:
        by_unit.setdefault(one.unit_name or "–", []).append(one)
    book = _book(title)
    for unit in sorted(by_unit) or [translate("Words heard", language)]:
        sheet = Sheet(book, _sheet_name(unit, book), _headings(titles, language))
        for one in by_unit.get(unit, ()):
            sheet.append(_word_row(one, language, zone))
        sheet.close()
    book.save(target)


def target_text(one: TargetSpec) -> str:
    """Return a target as it is written: at least or at most so much."""
    if one.at_least is not None:
        return f"≥ {one.at_least:.1%}"
    return f"≤ {one.at_most or 0:.1%}"


def left_out_text(figure: Figure, language: str) -> str:
    """Return how many rows were left out, and why."""
    told = figure.left_out.items()
    between = "；" if language.startswith("zh") else "; "
    return between.join(
        f"{translate(LEFT_OUT_NAMES[why], language)} {count}" for why, count in told
    )


def _figure_headings(language: str) -> list[Heading]:
    titles = (
        (mark("Figure"), 26, Kind.TEXT),
        (mark("Formula"), 48, Kind.TEXT),
        (mark("Numerator"), 11, Kind.COUNT),
        (mark("Denominator"), 11, Kind.COUNT),
        (mark("Value"), 10, Kind.SHARE),
        (mark("Target"), 12, Kind.TEXT),
        (mark("Left out"), 34, Kind.TEXT),
        (mark("Value when closed"), 14, Kind.SHARE),
        (mark("Changed rows since"), 14, Kind.COUNT),
    )
    return [Heading(translate(title, language), width, kind) for title, width, kind in titles]


def _figure_row(one: Figure, page: MonthPage, language: str) -> list[Value]:
    frozen = page.frozen.get(one.id)
    since = frozen.since if frozen else None
    return [
        translate(TITLES[one.id], language),
        translate(FORMULAS[one.id], language),
        one.numerator,
        one.denominator,
        one.value,
        " ".join(target_text(each) for each in page.targets.get(one.id, ())),
        left_out_text(one, language),
        frozen.value if frozen else None,
        len(since.came) + len(since.went) + len(since.changed) if since is not None else None,
    ]


def _write_rows(book: Workbook, one: Figure, language: str, zone: ZoneInfo) -> None:
    titles = {mark("Case"): 16, mark("Matter"): 44, mark("At"): 17, mark("How it counts"): 24}
    name = _sheet_name(translate(TITLES[one.id], language), book)
    sheet = Sheet(book, name, _headings(titles, language))
    for row in one.rows:
        sheet.append([row.reference, row.title, _local(row.at, zone), counts_text(row, language)])
    sheet.close()


def counts_text(row: Row, language: str) -> str:
    """Return how a row counts, or why it is left out."""
    if row.out is not None:
        return translate(LEFT_OUT_NAMES[row.out], language)
    return translate(_COUNTS if row.counts else _COUNTS_NOT, language)


def _dissatisfied_row(
    one: MonthSurvey, is_whole: bool, language: str, zone: ZoneInfo
) -> list[Value]:
    said = one.survey
    return [
        said.reference,
        said.title,
        f"{said.name}{said.form_of_address}" if is_whole else "",
        one.number if is_whole else masked_number(one.number),
        _local(said.answered_at, zone) if said.answered_at else "",
        one.asked_by_name,
        str(said.round),
        _yes_no(said.solved, language),
        _yes_no(said.satisfied, language),
        said.told,
        one.handler_name,
        one.unit_name,
        translate(OUTCOME_NAMES[Outcome(said.outcome)], language) if said.outcome else "",
    ]


def _word_row(one: WordShown, language: str, zone: ZoneInfo) -> list[Value]:
    return [
        one.reference,
        translate(WORD_NAMES[WordKind(one.kind)], language),
        translate("urgent", language) if one.urgent else "",
        one.text,
        _local(one.heard_at, zone),
        one.heard_by_name,
        one.feedback,
    ]


def _yes_no(said: bool | None, language: str) -> str:
    names = {True: mark("yes"), False: mark("no"), None: mark("not said")}
    return translate(names[said], language)


def _headings(titles: Mapping[str, int], language: str) -> list[Heading]:
    return [Heading(translate(title, language), width) for title, width in titles.items()]


def _book(title: str) -> Workbook:
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = "Rexian", title
    return book


_NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\")


def _sheet_name(name: str, book: Workbook) -> str:
    """Return a name that a sheet can have and that no other has."""
    short = name.translate(_NOT_IN_NAMES)[:26] or "–"
    taken: Sequence[str] = book.sheetnames
    return short if short not in taken else f"{short} {len(taken)}"


def _local(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
