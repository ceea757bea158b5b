"""How far two raters agree, by clause, and what may be trusted of it."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rexian.quality.domain.agreement import Pair, Trust, agreements, overall
from rexian.quality.domain.answers import Machine, Said, machine_says
from rexian.quality.domain.kappa import Cells, interval, kappa
from rexian.standard.domain.verdicts import Outcome

counts = some.integers(min_value=0, max_value=60)


@pytest.mark.parametrize(
    ("cells", "figure"),
    [
        (Cells(20, 5, 10, 15), 0.4),  # the usual example of two readers of fifty grants
        (Cells(45, 15, 25, 15), 0.1304),
        (Cells(5, 0, 0, 5), 1.0),
        (Cells(0, 5, 5, 0), -1.0),
        (Cells(25, 25, 25, 25), 0.0),
    ],
)
def test_kappa_is_cohens(cells: Cells, figure: float) -> None:
    assert kappa(cells) == pytest.approx(figure, abs=1e-4)


@pytest.mark.parametrize("cells", [Cells(), Cells(neither=20), Cells(both=3)])
def test_there_is_no_kappa_where_nobody_could_disagree(cells: Cells) -> None:
    assert kappa(cells) is None
    assert interval(cells) is None


def test_the_interval_is_the_large_samples_one_for_many_cases() -> None:
    cells = Cells(200, 50, 100, 150)
    found = interval(cells)
    # Fleiss, Cohen and Everitt (1969): the standard error of kappa for large samples.
    agreed, yes, other, k = 0.7, 0.5, 0.6, 0.4
    chance = yes * other + (1 - yes) * (1 - other)
    on = 0.4 * (1 - (yes + other) * (1 - k)) ** 2 + 0.3 * (1 - (2 - yes - other) * (1 - k)) ** 2
    off = (1 - k) ** 2 * (0.1 * (other + 1 - yes) ** 2 + 0.2 * (yes + 1 - other) ** 2)
    variance = (on + off - (k - chance * (1 - k)) ** 2) / ((1 - chance) ** 2 * cells.total)
    assert agreed == cells.observed
    assert found is not None
    assert found.low == pytest.approx(k - 1.96 * sqrt(variance), abs=0.02)
    assert found.high == pytest.approx(k + 1.96 * sqrt(variance), abs=0.02)


def test_five_of_five_is_no_proof() -> None:
    found = interval(Cells(both=2, neither=3))
    assert found is not None
    assert found.low < 0.4


@given(counts, counts, counts, counts)
def test_kappa_asks_not_who_is_first_nor_what_counts_as_yes(a: int, b: int, c: int, d: int) -> None:
    figure = kappa(Cells(a, b, c, d))
    assert kappa(Cells(a, c, b, d)) == pytest.approx(figure)
    assert kappa(Cells(d, b, c, a)) == pytest.approx(figure)
    assert figure is None or -1 - 1e-9 <= figure <= 1 + 1e-9


@given(some.builds(Cells, counts, counts, counts, counts))
def test_an_interval_is_the_same_each_time_and_inside_the_scale(cells: Cells) -> None:
    found = interval(cells)
    interval.cache_clear()
    assert interval(cells) == found
    assert found is None or -1 <= found.low <= found.high <= 1


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([], Machine.NO_FAULT),
        ([Outcome.MET, Outcome.NOT_APPLICABLE], Machine.NO_FAULT),
        ([Outcome.MET, Outcome.SUSPECT], Machine.LEFT_OPEN),
        ([Outcome.UNDECIDED], Machine.LEFT_OPEN),
        ([Outcome.SUSPECT, Outcome.MISSED, Outcome.MET], Machine.FAULT),
    ],
)
def test_all_verdicts_on_a_clause_come_to_one_word(outcomes: list[Outcome], said: Machine) -> None:
    assert machine_says(outcomes) is said


def test_what_either_leaves_open_is_counted_apart() -> None:
    pairs = [
        Pair(1, "CC-1", Machine.FAULT, Said.BROKEN),
        Pair(2, "CC-1", Machine.FAULT, Said.NO_FAULT),
        Pair(3, "CC-1", Machine.NO_FAULT, Said.BROKEN),
        Pair(4, "CC-1", Machine.NO_FAULT, Said.NO_FAULT),
        Pair(5, "CC-1", Machine.LEFT_OPEN, Said.BROKEN),
        Pair(6, "CC-1", Machine.LEFT_OPEN, Said.NO_FAULT),
        Pair(7, "CC-1", Machine.FAULT, Said.CANNOT_TELL),
    ]
    (one,) = agreements(pairs)
    assert one.cells == Cells(1, 1, 1, 1)
    assert (one.left_open, one.left_open_broken, one.cannot_tell) == (2, 1, 1)
    assert one.disputed == (2, 3)
    assert (one.found, one.right) == (0.5, 0.5)


def test_all_clauses_together_are_the_sum_of_each() -> None:
    pairs = [Pair(n, f"CC-{n % 2}", Machine.FAULT, Said.BROKEN) for n in range(4)]
    pairs += [Pair(n, "CC-0", Machine.NO_FAULT, Said.BROKEN) for n in (4, 5, 4)]
    total = overall(agreements(pairs))
    assert total.cells == Cells(4, 0, 3, 0)
    assert total.disputed == (4, 5)


@pytest.mark.parametrize(
    ("machine", "inspector", "trust"),
    [
        ((Machine.FAULT,) * 20 + (Machine.NO_FAULT,) * 40, "same", Trust.TRUSTED),
        ((Machine.FAULT,) * 2 + (Machine.NO_FAULT,) * 3, "same", Trust.UNSETTLED),
        ((Machine.FAULT, Machine.NO_FAULT) * 30, "other", Trust.DISTRUSTED),
        ((Machine.NO_FAULT,) * 30, "same", Trust.UNTRIED),
    ],
)
def test_trust_asks_for_the_lower_end_of_the_interval(
    machine: tuple[Machine, ...], inspector: str, trust: Trust
) -> None:
    pairs = [
        Pair(
            n,
            "CC-1",
            one,
            Said.BROKEN if (one is Machine.FAULT) is (inspector == "same") else Said.NO_FAULT,
        )
        for n, one in enumerate(machine)
    ]
    (one,) = agreements(pairs)
    assert one.trust(0.6) is trust
