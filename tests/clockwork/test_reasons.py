from __future__ import annotations

import pytest

from rexian.clockwork.domain.reasons import Reason, reason_of
from rexian.kernel.errors import Invalid, NotFound


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


TABLE = [
    pytest.param(NotFound("No unit {code}.", code="north-2"), "No unit north-2.", id="a code"),
    pytest.param(Invalid("{count} too many", count=3), "3 too many", id="a number"),
    pytest.param(Invalid("No {name}", name="王小明"), "No …", id="a name"),
    pytest.param(Invalid("No {name}", name="two words"), "No …", id="words"),
    pytest.param(Invalid("a brace { alone"), "a brace { alone", id="a broken template"),
]


@pytest.mark.parametrize(("error", "said"), TABLE)
def test_our_own_errors_say_what_went_wrong_in_codes_alone(error: Exception, said: str) -> None:
    assert reason_of(error).sentence("en") == said


def test_the_message_of_a_foreign_error_is_not_kept_but_its_place() -> None:
    reason = reason_of(raised(ValueError("could not parse 13800001111")))
    assert reason.error == "ValueError"
    assert "13800001111" not in str(reason.as_json())
    assert "test_reasons.py" in reason.sentence("en")


def test_a_reason_is_kept_and_read_back() -> None:
    reason = reason_of(NotFound("No unit {code}.", code=4))
    assert Reason.from_json(reason.as_json()) == reason
    assert Reason.from_json({}) is None
