"""A flow drawn: every station in its place, the way that was gone, words that fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rexian.look.flow import Place, Station, draw, wrapped


def stations(*names: str, beside: str = "") -> list[Station]:
    """Return stations of these names; those of ``beside`` stand apart."""
    return [Station(id=one, title=one, beside=one in beside) for one in names]


def test_stations_stand_below_each_other() -> None:
    drawing = draw(stations("a", "b", "c"), [])
    heights = [one.y for one in drawing.stations]
    assert heights == sorted(heights)
    assert drawing.height > heights[-1]


def test_the_way_that_was_gone_has_arrows_and_the_rest_has_none() -> None:
    drawing = draw(stations("a", "b", "c"), [("a", "b")])
    assert [leg.gone for leg in drawing.legs] == [True, False]


def test_what_skips_a_station_or_goes_back_has_a_lane_of_its_own() -> None:
    drawing = draw(stations("a", "b", "c", "x", beside="x"), [("a", "c"), ("c", "x"), ("x", "a")])
    arcs = [leg.path for leg in drawing.legs if leg.gone]
    assert len(arcs) == 3
    assert len({path.split("V")[0].rpartition("Q")[2] for path in arcs}) == 3


def test_a_bar_is_never_longer_than_its_rail() -> None:
    late = Station(id="a", title="a", place=Place.HERE, share=7.5)
    (drawn,) = draw([late], []).stations
    assert drawn.bar is not None
    assert drawn.bar <= draw([late], []).bar_width


def test_long_titles_go_on_in_the_next_line() -> None:
    assert (
        wrapped("待被投诉单位负责人签字并传回处理单再报路段中心", 34)[0]
        == "待被投诉单位负责人签字并传回处理单"
    )
    assert wrapped("To be signed for by the unit complained of", 20) == [
        "To be signed for by",
        "the unit complained",
        "of",
    ]


@given(st.text(max_size=80), st.integers(min_value=4, max_value=60))
def test_nothing_is_lost_when_words_are_wrapped(text: str, most: int) -> None:
    kept = "".join("".join(wrapped(text, most)).split())
    assert kept == "".join(text.split())
