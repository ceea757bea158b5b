"""Addresses of the same page, otherwise: another page of the list, another order."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode


def with_query(query: str, **changes: str | int | None) -> str:
    """Return ``query`` as ``?…`` with ``changes`` in it; None takes a name out.

    What is not changed stays as it was, in its order; what is changed comes last.
    """
    kept = [(name, value) for name, value in parse_qsl(query) if name not in changes]
    added = [(name, str(value)) for name, value in changes.items() if value is not None]
    return "?" + urlencode(kept + added)
