from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rexian.kernel.language import (
    Language,
    choose_language,
    mark,
    recognise,
    text_in,
    translate,
    translate_count,
)

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh-Hans", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh_CN.UTF-8", "zh-Hans"),
        ("zh_SG", "zh-Hans"),
        ("zh-Hant", "zh-Hant"),
        ("zh_TW.UTF-8", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("en", "en"),
        ("en_GB.UTF-8@euro", "en"),
        ("EN-us", "en"),
        ("C.UTF-8", None),
        ("fr_FR", None),
        ("", None),
    ],
)
def test_a_locale_is_recognised_by_its_language_and_script(name: str, language: str | None) -> None:
    assert recognise(name) == language


@pytest.mark.parametrize(
    ("asked", "environment", "language"),
    [
        (None, {}, "zh-Hans"),
        (None, {"LANG": "C.UTF-8"}, "zh-Hans"),
        (None, {"LANG": "de_DE.UTF-8"}, "zh-Hans"),
        (None, {"LANG": "en_US.UTF-8"}, "en"),
        (None, {"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh-Hant"),
        (None, {"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
        (None, {"LANG": "en_US.UTF-8", "REXIAN_LANGUAGE": "zh"}, "zh-Hans"),
        ("en", {"LANG": "zh_CN.UTF-8", "REXIAN_LANGUAGE": "zh"}, "en"),
    ],
)
def test_what_is_asked_for_goes_before_the_environment_and_chinese_is_the_rest(
    asked: str | None, environment: dict[str, str], language: str
) -> None:
    assert choose_language(asked, environment) == language


def test_a_message_without_a_translation_stays_english() -> None:
    message = mark("no {catalogue} has this")
    for language in Language:
        assert translate(message, language, catalogue="book") == "no book has this"


def test_nothing_is_translated_as_nothing() -> None:
    assert {translate("", language) for language in Language} == {""}


def test_braces_in_a_message_without_values_are_left_alone() -> None:
    assert translate('{"id": 1}', "en") == '{"id": 1}'


def test_numbers_choose_between_one_and_many_in_english() -> None:
    one, many = "{count} book on {shelf}", "{count} books on {shelf}"
    assert translate_count(one, many, 1, "en", shelf="A") == "1 book on A"
    assert translate_count(one, many, 3, "en", shelf="A") == "3 books on A"


@pytest.mark.parametrize(
    ("texts", "language", "text"),
    [
        ({"zh-Hans": "热线", "en": "hotline"}, "en", "hotline"),
        ({"zh-Hans": "热线", "en": "hotline"}, "zh-Hant", "热线"),
        ({"zh-Hans": "", "en": "hotline"}, "zh-Hans", "hotline"),
        ({"en": "hotline"}, "zh-Hans", "hotline"),
        ({"ja": "ホットライン"}, "en", "ホットライン"),
        ({}, "en", ""),
    ],
)
def test_a_standards_own_text_is_given_in_the_nearest_language(
    texts: dict[str, str], language: str, text: str
) -> None:
    assert text_in(texts, language) == text


def test_both_chinese_catalogues_are_compiled_and_differ() -> None:
    assert translate("Agent", "zh-Hans") == "客服"
    assert translate("Suggestion", "zh-Hans") == "建议"
    assert translate("Suggestion", "zh-Hant") == "建議"


def test_every_message_of_the_code_is_translated_into_chinese() -> None:
    script = ROOT / "scripts" / "collect_messages.py"
    found = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, encoding="utf-8", check=False
    )
    assert (found.stdout, found.stderr) == ("", "")
