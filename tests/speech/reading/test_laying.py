from __future__ import annotations

from rexian.speech.domain.reading import Span, laid
from tests.speech.reading.words import text_of, words


def test_words_go_where_they_sound() -> None:
    read = [*words("您好。", 0.1), *words("再见！", 2.1)]
    assert [text_of(one) for one in laid(read, [Span(0, 1), Span(2, 3)])] == ["您好。", "再见！"]


def test_a_border_that_is_a_little_off_is_found_at_the_mark() -> None:
    read = words("行，等一下。孩子", 0.0, each=0.3)
    first, second = laid(read, [Span(0, 0.9), Span(1.3, 2.3)])
    assert (text_of(first), text_of(second)) == ("行，等一下。", "孩子")


def test_nobody_says_more_than_there_is_time_for() -> None:
    read = words("对林先生您好请问您", 0.0, each=0.07)
    short, long = laid(read, [Span(0.0, 0.2), Span(0.6, 3.0)])
    assert len(short) <= 3
    assert len(long) >= 6


def test_a_turn_in_which_nothing_was_read_stays_empty() -> None:
    read = words("您好。", 4.0)
    assert [text_of(one) for one in laid(read, [Span(0, 0.3), Span(4, 5)])] == ["", "您好。"]


def test_times_of_words_stay_inside_their_turn() -> None:
    ((first, *_, last),) = laid(words("您好您好", 0.0, each=0.5), [Span(0.3, 1.4)])
    assert (first.start, last.end) == (0.3, 1.4)


def test_no_turn_has_no_words() -> None:
    assert laid(words("您好"), []) == []
