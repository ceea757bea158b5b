"""Chinese text as a full-text index takes it: overlapping pairs of characters, words of others.

A database's own tokenizers find no word of two characters; pairs of neighbours do (拖车, 车费), and
a longer word is found where its pairs stand in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rexian.kernel.text.folding import fold

_RUNS = re.compile(r"[㐀-鿿]+|[a-z0-9]+")
LONGEST_QUERY = 60


def index_terms(*texts: str) -> str:
    """Return the terms of some texts, in their order, separated by blanks."""
    return " ".join(term for text in texts for term in _terms(fold(text.lower())))


def query_phrases(text: str) -> tuple[str, ...]:
    """Return what a search asks for: a phrase of terms for each run of characters."""
    folded = fold(text[:LONGEST_QUERY].lower())
    return tuple(" ".join(_of_run(run)) for run in _RUNS.findall(folded))


def _terms(folded: str) -> Iterator[str]:
    for run in _RUNS.findall(folded):
        yield from _of_run(run)
        if _is_chinese(run):
            yield run[-1]  # the last character alone, so that one character is found by itself


def _of_run(run: str) -> list[str]:
    if not _is_chinese(run) or len(run) == 1:
        return [run[:LONGEST_QUERY]]  # nobody asks for more, and PostgreSQL keeps no long word
    return [run[place : place + 2] for place in range(len(run) - 1)]


def _is_chinese(run: str) -> bool:
    return run[0] >= "㐀"
