"""Numbers are heard however they are said, and wanted back until they are repeated."""

from __future__ import annotations

import pytest

from rexian.standard.domain import numbers_said, unconfirmed_number

from .conftest import Line, Play


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("我电话13812345678", [("phone", "138 1234 5678")]),
        ("138 1234 5678 你记一下", [("phone", "138 1234 5678")]),
        ("138-1234-5678", [("phone", "138 1234 5678")]),
        ("幺三八一二三四五六七八", [("phone", "138 1234 5678")]),
        ("１３８１２３４５６７８", [("phone", "138 1234 5678")]),
        ("+8613812345678", [("phone", "138 1234 5678")]),
        ("座机0871-65122122", [("phone", "0871 65122122")]),
        ("010 65122122", [("phone", "010 65122122")]),
        ("打4008001234", [("phone", "400 800 1234")]),
        ("我家电话是65122122", [("phone", "6512 2122")]),
        ("车牌皖A12345", [("plate", "皖A 12345")]),
        ("云A·D12345，电话13812345678", [("plate", "云A D12345"), ("phone", "138 1234 5678")]),
        ("皖a幺二三四五", [("plate", "皖A 12345")]),
        ("单号2026112200083", []),
        ("65122122公里", []),
        ("等了三四五六七八天", []),
        ("K127加300", []),
        ("", []),
    ],
)
def test_numbers_are_heard_and_grouped(said: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.shown) for one in numbers_said(said)] == expected


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        pytest.param([], None, id="nothing-said"),
        pytest.param(["客户：13812345678"], "138 1234 5678", id="said"),
        pytest.param(["客户：13812345678", "客服：好的"], "138 1234 5678", id="not-repeated"),
        pytest.param(
            ["客户：13812345678", "客服：号码是138 1234 5678，对吗"], None, id="repeated-in-figures"
        ),
        pytest.param(
            ["客户：13812345678", "客服：幺三八，幺二三四，五六七八，对吗"],
            None,
            id="repeated-in-chinese",
        ),
        pytest.param(
            ["客户：13812345678", "客服：138 1234 5679，对吗"], "138 1234 5678", id="repeated-wrong"
        ),
        pytest.param(
            ["客服：138 1234 5678？", "客户：13812345678"], "138 1234 5678", id="said-afterwards"
        ),
        pytest.param(
            ["客户：13812345678", "客户：说错了，13912345678", "客服：13912345678对吗"],
            None,
            id="the-last-one-counts",
        ),
        pytest.param(
            ["客户：皖A12345，电话13812345678", "客服：电话13812345678对吗"],
            "皖A 12345",
            id="each-kind-by-itself",
        ),
        pytest.param(
            ["客户：皖A12345", "客服：车牌A12345，对吗"], None, id="a-plate-without-its-province"
        ),
    ],
)
def test_a_number_is_wanted_back_until_it_is_repeated(
    play: Play, lines: list[Line], wanted: str | None
) -> None:
    found = unconfirmed_number(play("centre", lines).state)
    assert (found.shown if found else None) == wanted
