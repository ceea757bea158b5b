"""Every event of the product says in words what happened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rexian.console import sentences as _declared  # noqa: F401 - declares what entries say
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.events import known_events
from rexian.journal.domain.sentences import references, sentence_of, told_events

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NAMES = {"person:7": "李敏", "unit:4": "客服科"}


def entry(name: str, /, **data: object) -> Entry:
    return Entry(1, AT, "person:7", name, "person:7", 1, data=data)


def test_every_event_of_the_product_has_a_sentence() -> None:
    ours = {name for name, one in known_events().items() if one.__module__.startswith("rexian.")}
    assert ours - told_events() == set()


def test_the_sentences_ask_only_for_what_their_events_tell() -> None:
    for name, event in known_events().items():
        if event.__module__.startswith("rexian."):
            told = dict.fromkeys(event.__dataclass_fields__, 1)
            assert name not in sentence_of(entry(name, **told), {}, "en"), name


def test_ids_become_names_and_codes_become_words() -> None:
    one = entry("org.person_appointed", unit=4, role="duty_leader")
    assert references(one) == {"person:7", "unit:4"}
    assert sentence_of(one, NAMES, "en") == "李敏 became Duty leader in 客服科."


def test_what_cannot_be_named_stays_as_it_is() -> None:
    one = entry("org.person_appointed", unit=5, role="herald")
    assert sentence_of(one, {}, "en") == "person:7 became herald in 5."


def test_lists_are_joined_as_the_language_does() -> None:
    one = entry("org.person_changed", changed=["name", "email"])
    assert sentence_of(one, NAMES, "en").endswith("name, e-mail address.")


@pytest.mark.parametrize("name", ["lamps.unheard_of", "org.person_appointed"])
def test_an_event_without_a_sentence_or_without_its_particulars_is_told_by_its_name(
    name: str,
) -> None:
    assert sentence_of(entry(name), NAMES, "en") == f"{name}: 李敏"
