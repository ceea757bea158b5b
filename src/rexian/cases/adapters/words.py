"""The full-text index of cases: FTS5 on SQLite, a ``tsvector`` on PostgreSQL, newest first on both.

A case has two columns: ``words``, what it is about, and ``who``, its customer. Terms are made by
``domain.searching`` and handed over as they are, so that no parser of a database has a say in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection


def write_words(case_id: int, *, organisation: int, words: str, who: str) -> None:
    """Have a case be found by these terms, and no others; the terms of each are separated."""
    scope = scope_term(organisation)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO cases_words (case_id, words) VALUES (%s, %s::tsvector) "
                "ON CONFLICT (case_id) DO UPDATE SET words = EXCLUDED.words",
                [case_id, _vector(scope, words, who)],
            )
            return
        cursor.execute(
            "INSERT OR REPLACE INTO cases_words (rowid, words, who) VALUES (%s, %s, %s)",
            [case_id, f"{scope} {words}", who],
        )


def find_words(
    phrases: Sequence[str],
    *,
    organisation: int,
    with_who: bool,
    before: int | None = None,
    limit: int = 200,
) -> list[int]:
    """Return the newest cases below ``before`` that have all phrases; each of neighbouring terms.

    ``with_who`` looks among names and numbers too.
    """
    if not phrases:
        return []
    upper = before if before is not None else 2**62
    query = _tsquery if connection.vendor == "postgresql" else _fts_query
    asked = query(phrases, scope_term(organisation), with_who=with_who)
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [asked, upper, limit])
        return [found for (found,) in cursor.fetchall()]


def scope_term(organisation: int) -> str:
    """Return the term that all cases of an organisation have, and no others."""
    return f"o{organisation}o"


_FIND = {
    "postgresql": "SELECT case_id FROM cases_words WHERE words @@ %s::tsquery AND case_id < %s "
    "ORDER BY case_id DESC LIMIT %s",
    "sqlite": "SELECT rowid FROM cases_words WHERE cases_words MATCH %s AND rowid < %s "
    "ORDER BY rowid DESC LIMIT %s",
}

_MOST_POSITIONS = 16_000  # a tsvector counts to 16,383


def _vector(scope: str, words: str, who: str) -> str:
    """Return terms with their places; those of the customer have the weight A, others B."""
    placed: dict[tuple[str, str], list[str]] = {(scope, "B"): ["1B"]}
    place = 2
    for weight, terms in (("A", who), ("B", words)):
        for term in terms.split()[: _MOST_POSITIONS // 2]:
            placed.setdefault((term, weight), []).append(f"{place}{weight}")
            place += 1
        place += 1
    merged: dict[str, list[str]] = {}
    for (term, _), places in placed.items():
        merged.setdefault(term, []).extend(places)
    return " ".join(f"'{term}':{','.join(places[:255])}" for term, places in merged.items())


def _tsquery(phrases: Iterable[str], scope: str, *, with_who: bool) -> str:
    weight = "" if with_who else ":B"
    joined = [" <-> ".join(f"'{term}'{weight}" for term in one.split()) for one in phrases]
    return " & ".join([f"'{scope}'", *(f"({one})" for one in joined)])


def _fts_query(phrases: Iterable[str], scope: str, *, with_who: bool) -> str:
    column = "" if with_who else "words : "
    quoted = [f'{column}"{one}"' for one in phrases]
    return " AND ".join([f'words : "{scope}"', *quoted])


def write_many_words(organisation: int, cases: Iterable[tuple[int, str, str]]) -> None:
    """Have new cases be found: for each its id, the terms of its words, those of its customer."""
    scope = scope_term(organisation)
    if connection.vendor == "postgresql":
        rows: list[tuple[int | str, ...]] = [
            (pk, _vector(scope, words, who)) for pk, words, who in cases
        ]
        statement = "INSERT INTO cases_words (case_id, words) VALUES (%s, %s::tsvector)"
    else:
        rows = [(pk, f"{scope} {words}", who) for pk, words, who in cases]
        statement = "INSERT INTO cases_words (rowid, words, who) VALUES (%s, %s, %s)"
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
