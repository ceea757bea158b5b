"""What hearing costs is measured on what was heard before, and told as a range."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rexian.speech.domain.costs import Pace, cost_of, label_of, left


def pace(*calls: tuple[float, float]) -> Pace:
    """Return what calls of so many seconds tell that took so many core seconds."""
    return Pace(
        calls=len(calls),
        sound=sum(sound for sound, _ in calls),
        core=sum(core for _, core in calls),
        squares=sum(core * core for _, core in calls),
        products=sum(sound * core for sound, core in calls),
        sound_squares=sum(sound * sound for sound, _ in calls),
    )


def test_before_anything_was_heard_the_cost_is_assumed_and_wide() -> None:
    cost = cost_of(36_000, Pace(), assumed=0.3)
    assert (cost.least, cost.most) == pytest.approx((1.5, 4.5))
    assert cost.measured_on == 0


def test_what_was_heard_before_is_the_measure() -> None:
    cost = cost_of(36_000, pace(*[(600.0, 120.0)] * 20), assumed=0.3)
    assert cost.least == pytest.approx(1.8)
    assert cost.most == pytest.approx(2.2)
    assert cost.measured_on == 12_000


def test_a_few_seconds_are_no_measure() -> None:
    assert cost_of(3600, pace((60.0, 6.0)), assumed=0.3).measured_on == 0


def test_the_range_narrows_as_calls_are_done_and_widens_with_their_spread() -> None:
    few, many = pace((60.0, 20.0), (60.0, 10.0)), pace(*[(60.0, 20.0), (60.0, 10.0)] * 20)
    alike = pace(*[(60.0, 15.0)] * 40)
    assert few.spread() > many.spread() > alike.spread() >= 0.1


def test_what_is_left_takes_half_as_long_with_two_at_once() -> None:
    one, two = (left(6000, pace(*[(600.0, 120.0)] * 20), at_once=n) for n in (1, 2))
    assert one
    assert two
    assert (one.least, one.most) == (timedelta(seconds=1080), timedelta(seconds=1320))
    assert (two.least, two.most) == (timedelta(seconds=540), timedelta(seconds=660))


def test_nothing_is_said_of_what_is_left_before_the_first_call() -> None:
    assert left(6000, Pace(), at_once=1) is None


@pytest.mark.parametrize(
    ("spec", "label"),
    [
        ("whisper:/models/whisper-base", "whisper:whisper-base"),
        ("https://asr.example.org/v1#large", "asr.example.org#large"),
    ],
)
def test_an_engine_is_named_without_where_it_lies(spec: str, label: str) -> None:
    assert label_of(spec) == label
