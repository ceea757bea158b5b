"""A query that is made once answers as the one that Django makes anew each time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.db.models.sql.compiler import SQLInsertCompiler
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rexian.journal import models as journal
from rexian.journal.models import Entry
from rexian.org import models
from rexian.prepared import Prepared, insert
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_rows_come_with_what_belongs_to_them(cast: Cast) -> None:
    by_id = Prepared(lambda pk: models.Person.objects.select_related("unit").filter(pk=pk))
    for person in models.Person.objects.select_related("unit"):
        found = by_id.first(person.pk)
        assert found == person
        with CaptureQueriesContext(connection) as asked:
            assert found.unit.path == person.unit.path
        assert not asked.captured_queries
    assert by_id.first(-1) is None
    assert cast.organisation


def test_several_values_are_as_many_as_there_are(cast: Cast) -> None:
    names = Prepared(
        lambda people: (
            models.Person.objects.filter(pk__in=people).order_by("pk").values_list("pk", "name")
        )
    )
    everybody = list(models.Person.objects.order_by("pk").values_list("pk", "name"))
    for many in range(len(everybody)):
        assert names.all([one for one, _ in everybody[:many]]) == everybody[:many]
    assert names.all({everybody[0][0]}) == everybody[:1]
    assert cast.organisation


def test_columns_are_converted_as_always(cast: Cast) -> None:
    newest = Prepared(lambda name: journal.Entry.objects.filter(name=name).order_by("-id")[:1])
    row = journal.Entry.objects.order_by("-id")[0]
    found = newest.first(row.name)
    assert found is not None
    assert (found.at, found.data) == (row.at, row.data)
    assert cast.organisation


def test_an_instant_is_compared_as_an_instant() -> None:
    at = timezone.now()
    Session.objects.create(session_key="a", session_data="", expire_date=at)
    lasting = Prepared(lambda when: Session.objects.filter(expire_date__gt=when))
    assert lasting.first(at) is None
    assert lasting.first(at - timedelta(microseconds=1)) is not None


def test_what_is_between_two_calls_is_seen(cast: Cast) -> None:
    named = Prepared(lambda name: models.Person.objects.filter(name=name).values_list("pk"))
    assert named.all("某人") == []
    person = models.Person.objects.order_by("pk")[0]
    models.Person.objects.filter(pk=person.pk).update(name="某人")
    assert named.all("某人") == [(person.pk,)]
    assert cast.organisation


def test_no_sql_is_made_the_second_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.models.sql.compiler import SQLCompiler  # noqa: PLC0415

    by_id = Prepared(lambda pk: models.Person.objects.filter(pk=pk))
    person = models.Person.objects.order_by("pk")[0]
    assert by_id.first(person.pk) == person
    monkeypatch.delattr(SQLCompiler, "as_sql")
    assert by_id.first(person.pk) == person
    assert cast.organisation


def test_nothing_has_a_number_that_no_column_holds(cast: Cast) -> None:
    by_id = Prepared(lambda pk: models.Person.objects.filter(pk=pk))
    assert by_id.first(10**30) is None
    assert by_id.first(-(10**30)) is None
    assert cast.organisation


def test_a_row_is_inserted_as_django_would(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    at = timezone.now()
    by_django = Entry.objects.create(
        at=at, actor="a", name="n", subject="s", data={"字": [1, None]}
    )
    ours = insert(Entry(at=at, actor="a", name="n", subject="s", data={"字": [1, None]}))
    assert ours.pk == by_django.pk + 1
    read = Entry.objects.get(pk=ours.pk)
    same = ("at", "actor", "name", "subject", "organisation", "request", "data")
    assert all(getattr(read, one) == getattr(by_django, one) for one in same)
    monkeypatch.delattr(SQLInsertCompiler, "as_sql")
    assert insert(Entry(at=at, actor="a", name="n", subject="s", data={})).pk == ours.pk + 1
    assert cast.organisation


def test_a_row_that_may_not_be_is_refused(cast: Cast) -> None:
    one = models.Unit.objects.order_by("pk")[0]
    twin = models.Unit(**{f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields})
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(twin)
    assert cast.organisation
