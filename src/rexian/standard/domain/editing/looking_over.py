"""What is wrong with a draft: the same findings as of any pack, and what its values do to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from rexian.standard.domain.editing.content import Content
from rexian.standard.domain.pack.checking import check
from rexian.standard.domain.pack.findings import Finding, Findings, Severity
from rexian.standard.domain.pack.linting import lint_sources
from rexian.standard.domain.pack.loading import read_pack
from rexian.standard.domain.pack.sources import content_hash
from rexian.standard.domain.pack.whole import Pack

_SEVERAL = 32


@dataclass(frozen=True, slots=True)
class _Told:
    """A content, told apart by its hash alone."""

    hash: str
    content: Content = field(compare=False)


def findings_of(content: Content) -> tuple[Finding, ...]:
    """Return what is wrong with a content, by file and line; a process looks each over once.

    Examples are written for the pack's own values, and are run with these; values that go over
    them must make sense too.
    """
    return _findings(_Told(content_hash(content.sources, content.values), content))


def errors_of(content: Content) -> tuple[Finding, ...]:
    """Return what keeps a content from judging."""
    return tuple(one for one in findings_of(content) if one.severity is Severity.ERROR)


def assembled(content: Content) -> Pack:
    """Return a content put together as far as it can be read; a process does each once."""
    return _assembled(_Told(content_hash(content.sources, content.values), content))


@lru_cache(maxsize=_SEVERAL)
def _assembled(told: _Told) -> Pack:
    return read_pack(told.content.sources, told.content.values, Findings())


@lru_cache(maxsize=_SEVERAL)
def _findings(told: _Told) -> tuple[Finding, ...]:
    content = told.content
    found = lint_sources(content.sources, {}, Findings())
    if not content.parameters:
        return found
    with_values = Findings()
    check(read_pack(content.sources, content.values, with_values), with_values)
    known = set(found)
    return (*found, *(one for one in with_values.errors() if one not in known))
