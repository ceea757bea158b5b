"""A written standard becomes a draft: clauses, wording, what is forbidden, figures, questions."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from rexian.standard.domain.drafting.doubts import NUMBER_OURS, NUMBER_TWICE, NUMBERS_MISSING
from rexian.standard.domain.drafting.drafts import NoClauses
from rexian.standard.domain.drafting.plans import Draft, DraftedClause, WrongPrefix, prefix_of
from rexian.standard.domain.drafting.wordings import Stance
from tests.standard.drafting.papers import FERRY, LIBRARY, TAXI, draft


@pytest.fixture(scope="module")
def ferry() -> Draft:
    """Return the draft of a standard in chapters and articles."""
    return draft(FERRY)


def by_number(found: Draft) -> Mapping[str, DraftedClause]:
    return {one.read.number: one for one in found.clauses}


def said(found: Draft, number: str, stance: Stance) -> list[str]:
    return [one.text for one in by_number(found)[number].said(stance)]


def values(found: Draft, number: str) -> list[object]:
    return [one.figure.value for one in by_number(found)[number].figures]


def test_articles_are_counted_through_the_chapters_and_points_below_them(ferry: Draft) -> None:
    numbers = "1 2 3 4 4.1 4.2 4.3 5 6 7 8 9 10 11"
    assert [one.read.number for one in ferry.clauses] == numbers.split()
    assert ferry.clauses[0].id == "AB-1"
    assert by_number(ferry)["4.2"].read.heading == "接听"
    assert ferry.plan.title == "港湾轮渡客服热线服务规范"


def test_short_points_are_items_of_their_clause_and_no_clauses(ferry: Draft) -> None:
    assert by_number(ferry)["5"].read.text() == "航班取消的来电应登记：姓名；电话；原定航次"


def test_numbers_with_dots_and_headings_between_them_keep_their_numbers() -> None:
    numbers = "1 2.1 2.2 2.3 3.1 3.2 3.3.1 3.3.2 4.1 4.2"
    assert [one.read.number for one in draft(LIBRARY).clauses] == numbers.split()


def test_quoted_wording_is_prescribed_or_forbidden_by_the_nearest_words_before_it() -> None:
    library = draft(LIBRARY)
    assert said(library, "2.3", Stance.NEVER) == ["没有", "不清楚"]
    assert said(library, "2.3", Stance.SAY) == ["我帮您查一下馆藏"]


def test_a_list_below_words_that_forbid_is_forbidden_without_quotation_marks(ferry: Draft) -> None:
    assert said(ferry, "6", Stance.NEVER) == ["不归我管", "你自己上网看！", "不知道"]
    assert said(ferry, "7", Stance.NEVER) == ["喂", "应该", "好像"]


def test_traditional_characters_and_their_quotation_marks_are_read() -> None:
    taxi = draft(TAXI)
    assert said(taxi, "1.2", Stance.NEVER) == ["不知道", "等著吧"]
    assert said(taxi, "2.2", Stance.SAY) == ["不客氣，祝您一路順風"]
    assert values(taxi, "2.1") == ["5min"]


def test_figures_are_typed_and_cite_their_clause(ferry: Draft) -> None:
    assert values(ferry, "8") == ["24h", "W+3", "D+1 12:00"]
    assert values(ferry, "9") == [0.95, 1.0, 0.98]
    assert values(ferry, "10") == ["D+365", 2, 5, 200]
    assert "clause: AB-8" in ferry.files["pack.yaml"]


def test_forbidden_behaviour_is_for_a_person_to_judge(ferry: Draft) -> None:
    clause = by_number(ferry)["4.3"]
    assert [one.text for one in clause.prohibitions] == ["不得打断旅客讲话，严禁与旅客争吵"]
    text = ferry.files["clauses.yaml"].partition("AB-4.3")[2]
    assert "means: [person]" in text.partition("- id")[0]


def test_every_element_says_where_it_was_read(ferry: Draft) -> None:
    lines = ferry.files["clauses.yaml"].splitlines()
    before = [lines[place - 1] for place, one in enumerate(lines) if "- id:" in one]
    assert len(before) == len(ferry.clauses)
    assert all(one.startswith("  # ") for one in before)
    assert all(one.spot.line for one in ferry.doubts)


def test_what_a_person_has_to_settle_is_asked_with_its_quote(ferry: Draft) -> None:
    asked = {(one.element, one.quote) for one in ferry.doubts}
    assert ("ab-4-2-words", "请您稍等，我帮您查一下航班") in asked
    assert ("ab-7-forbidden", "喂") in asked
    assert ("AB-11", "其他转办件按规定时限办理。") in asked
    assert any(one.element == "ab-blank-1" for one in ferry.doubts)


def test_missing_and_repeated_numbers_are_asked_about() -> None:
    found = draft("一、接听\n1.应当及时接听电话。\n4.应当问候客户。\n4.应当致谢客户。")
    asked = {one.sentence: one.element for one in found.doubts}
    assert asked == {NUMBERS_MISSING: "AB-1.4", NUMBER_TWICE: "AB-1.4-2"}


def test_a_document_without_numbers_gets_ours_and_says_so() -> None:
    found = draft("接待规定\n客户来电须在三声内接听。\n今天天气很好。\n不得对客户说“不知道”。")
    assert [one.read.text() for one in found.clauses] == [
        "客户来电须在三声内接听。",
        "不得对客户说“不知道”。",
    ]
    assert {one.sentence for one in found.doubts if one.section == "clauses"} == {NUMBER_OURS}


def test_a_document_that_demands_nothing_is_no_standard() -> None:
    with pytest.raises(NoClauses):
        draft("去年夏天我们去了海边。\n海很蓝。")


def test_words_before_the_first_number_that_lead_to_a_list_stand_over_it() -> None:
    found = draft(
        "服务禁忌\n严格禁止使用以下类型语言：\n1.否定用语：“我不管”\n2.反问：“没看见正忙着吗？”"
    )
    assert said(found, "1", Stance.NEVER) == ["我不管"]
    assert said(found, "2", Stance.NEVER) == ["没看见正忙着吗？"]


def test_a_number_in_a_sentence_begins_no_clause() -> None:
    found = draft("1.接听电话应当迅速，\n2小时内必须回复，\n3.5元的费用须说明。\n2.应当致谢。")
    assert [one.read.number for one in found.clauses] == ["1", "2"]


def test_points_within_a_paragraph_are_clauses_of_their_own() -> None:
    found = draft("第一条　客服人员应当：（一）在三声内接听电话；（二）主动报出工号并问候客户。")
    assert [one.read.number for one in found.clauses] == ["1", "1.1", "1.2"]


@pytest.mark.parametrize(
    ("title", "given", "prefix"),
    [("港湾轮渡服务规范", "", "GWLD"), ("Harbour", "gh", "GH"), ("！！", "", "DOC")],
)
def test_clauses_get_the_letters_that_are_given_or_the_initials_of_the_title(
    title: str, given: str, prefix: str
) -> None:
    assert prefix_of(title, given) == prefix


def test_a_prefix_of_other_signs_is_refused() -> None:
    with pytest.raises(WrongPrefix):
        prefix_of("", "G-H")
