"""Categories form a tree, and words lead to them with their reason."""

from __future__ import annotations

import pytest

from rexian.standard.domain import load, suggest_category

HIGHWAY = [
    ("我在G5上行追尾了，车动不了", "accident", "追尾"),
    ("车爆胎了，没有备胎", "breakdown-tyre", "爆胎"),
    ("水箱开锅了，冒白烟", "breakdown-mechanical", "冒白烟"),
    ("没油了，停在应急车道", "breakdown-fuel-water", "没油了"),
    ("大巴把我落在服务区走了", "left-behind", "大巴把我落"),
    ("前面货车自燃着火了", "help-emergency", "着火了"),
    ("清水收费站封了吗", "enquiry-road", "封了吗"),
    ("从青阳下到安庆哪个服务区有充电桩", "enquiry-service-area", "充电桩"),
    ("到昆明还有多少公里", "enquiry-mileage", "多少公里"),
    ("国庆免不免费", "enquiry-fee", "免不免费"),
    ("大件运输怎么办手续", "enquiry-policy", "大件运输"),
    ("明天山上下雪吗", "enquiry-weather", "下雪吗"),
    ("收费员态度特别差，我要投诉", "complaint-attitude", "态度特别差"),
    ("两个收费站多扣了我二十块钱", "complaint-toll-dispute", "多扣了"),
    ("按货车给我收的费", "complaint-vehicle-class", "按货车"),
    ("拖车要我三千块，乱收费", "complaint-clearing", "拖车要我三千块，乱收"),
    ("服务区厕所没纸也没水，我要投诉", "complaint-facilities", "厕所没纸"),
    ("我提个建议，路牌字大一点", "suggestion", "提个建议"),
    ("兩個收費站多扣了我錢", "complaint-toll-dispute", "多扣了"),
]


@pytest.mark.parametrize(("said", "code", "quote"), HIGHWAY)
def test_what_a_customer_says_suggests_a_category(said: str, code: str, quote: str) -> None:
    first = suggest_category(load("highway"), said)[0]
    assert first.code == code
    assert any(quote in one for one in first.because)
    assert all(one in said for one in first.because)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("楼道里有煤气味", "help-emergency"),
        ("家里停水了", "help-fault"),
        ("报修三天到现在没人来", "complaint-delay"),
        ("上个月多扣了我钱，我要投诉", "complaint-mistake"),
        ("你们几点上班", "enquiry-hours"),
        ("打错了", "wrong-number"),
    ],
)
def test_a_general_centre_has_categories_of_its_own(said: str, code: str) -> None:
    assert suggest_category(load("centre"), said)[0].code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("bt", "breakdown-tyre"),
        ("lk", "enquiry-road"),
        ("fwtd", "complaint-attitude"),
        ("cxzy", "complaint-vehicle-class"),
        ("tqyb", None),
        ("爆胎", "breakdown-tyre"),
        ("车型", "complaint-vehicle-class"),
        ("weather", "enquiry-weather"),
        ("x", None),
    ],
)
def test_what_an_agent_types_finds_a_name_or_its_initials(typed: str, code: str | None) -> None:
    found = suggest_category(load("highway"), typed)
    assert (found[0].code if found else None) == code
    assert not found or found[0].because == (typed,)


def test_no_words_suggest_nothing() -> None:
    assert suggest_category(load("highway"), "你好") == ()
    assert suggest_category(load("highway"), "") == ()


def test_only_so_many_are_suggested() -> None:
    said = "投诉收费站态度差，多扣钱，车爆胎了，服务区没水"
    assert len(suggest_category(load("highway"), said, limit=2)) == 2


def test_a_category_has_what_it_does_not_say_from_the_one_above() -> None:
    taxonomy = load("highway").taxonomy
    tyre = taxonomy.get("breakdown-tyre")
    assert tyre is not None
    assert tyre.path == ("help", "breakdown", "breakdown-tyre")
    assert (tyre.case_type, tyre.urgency) == ("help", "emergency")
    assert (tyre.form, tyre.clause, tyre.is_leaf) == ("urgent-form", "HW-2.2", True)
    assert taxonomy.full_name("breakdown-tyre", "zh-Hans") == "救援 / 车辆故障 / 轮胎爆胎"


def test_a_pack_replaces_and_leaves_out_categories_of_its_base() -> None:
    taxonomy = load("highway").taxonomy
    fee = taxonomy.get("enquiry-fee")
    assert fee is not None
    assert fee.name.say("zh-Hans") == "资费标准"
    assert taxonomy.get("complaint-mistake") is None
    assert [one.code for one in taxonomy.children()] == [
        "enquiry",
        "help",
        "complaint",
        "suggestion",
        "other",
    ]


ITEMS = {
    "HW-2.1": "行车线路 里程 地点 资费标准 服务区 路况 天气 重要旅游资源 "
    "周边省市旅游线路 相关政策法律",
    "HW-2.2": "交通事故 机械故障 轮胎爆胎 缺油缺水 其它故障 乘客掉车 其它（120、119、110）",
    "HW-2.3": "服务态度 资费标准 清障施救 收费争议 车型争议 标识 服务设施",
}


@pytest.mark.parametrize("clause", ITEMS)
def test_the_motorway_has_every_item_of_its_clauses(clause: str) -> None:
    leaves = [
        one.name.say("zh-Hans")
        for one in load("highway").taxonomy.categories.values()
        if one.clause == clause and one.is_leaf
    ]
    assert set(ITEMS[clause].split()) <= set(leaves)


@pytest.mark.parametrize("name", ["centre", "highway"])
def test_every_category_has_a_form_and_three_languages(name: str) -> None:
    standard = load(name)
    for one in standard.taxonomy.categories.values():
        assert one.form in standard.forms, one.code
        assert set(one.name) == {"zh-Hans", "zh-Hant", "en"}, one.code
