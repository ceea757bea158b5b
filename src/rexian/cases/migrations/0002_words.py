"""The full-text index of cases, which no model describes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

_MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE cases_words USING fts5(words, who, tokenize = 'unicode61')",
    ],
    "postgresql": [
        "CREATE TABLE cases_words (case_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX cases_words_terms ON cases_words USING gin (words)",
    ],
}


def _make(apps: Any, editor: Any) -> None:  # noqa: ARG001 - as Django calls it
    for statement in _MAKE[editor.connection.vendor]:
        editor.execute(statement)


def _drop(apps: Any, editor: Any) -> None:  # noqa: ARG001 - as Django calls it
    editor.execute("DROP TABLE cases_words")


class Migration(migrations.Migration):
    """Make the index as each database has it."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("cases", "0001_initial")]

    operations: ClassVar[list[Any]] = [migrations.RunPython(_make, _drop)]
