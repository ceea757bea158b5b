"""A contact is archived as it was judged, and is judged again as it was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pyarrow import parquet

from rexian.clockwork.services.working import Worker
from rexian.dialogue.models import Finding
from rexian.dialogue.queries.judged import read_contact
from rexian.dialogue.services.archiving import archived_conversations
from rexian.dialogue.services.archiving_months import archive_months
from rexian.dialogue.services.reviewing import confirm_finding
from rexian.kernel.authority import Actor
from rexian.standard.domain import inspect
from rexian.standard.queries.published import load_version
from tests.dialogue.contacts.conftest import Talk, later

pytestmark = pytest.mark.django_db


def test_a_contact_is_archived_with_its_verdicts_and_reviews(
    talk: Talk, standard: int, inspector: Actor, tmp_path: Path
) -> None:
    talk.says("喂，不知道。")
    talk.hears("什么态度！")
    talk.ends()
    talk.records(case_type="complaint")
    talk.finishes()
    Worker("tests").tick(later(talk.clock))
    miss = Finding.objects.filter(contact=talk.id, outcome="missed", quote__contains="喂").get()
    confirm_finding(miss.pk, version=1, actor=inspector, at=later(talk.clock))

    at = later(talk.clock) + timedelta(days=40)
    (month,) = archive_months(tmp_path, at=at)
    assert (month.name, month.written.conversations) == ("contacts", 1)
    (found,) = archived_conversations(tmp_path)
    assert (found.key, found.started_at) == (f"contact:{talk.id}", later(1))
    then = read_contact(talk.id)
    assert found.conversation.facts == then.facts
    assert found.events() == list(then.events)
    judge = load_version(standard)
    again = inspect(judge, found.conversation.facts, found.events())
    assert again == inspect(judge, then.facts, then.events)

    (verdicts,) = (tmp_path / "verdicts").rglob("*.parquet")
    rows = parquet.ParquetFile(verdicts).read().to_pylist()
    assert len(rows) == Finding.objects.filter(contact=talk.id).count()
    (confirmed,) = [row for row in rows if row["review"]]
    assert (confirmed["rule"], confirmed["review"]) == (miss.rule, "confirmed")
    assert confirmed["content_hash"] == judge.content_hash
