"""What was done just now, told on the page that follows: the address says which of a few things."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from rexian.look.shapes import Notice, Tone


def notices_of(request: HttpRequest, told: Mapping[str, str]) -> tuple[Notice, ...]:
    """Return the message of ``told`` that the address names with ``?done=``, if it names one."""
    done = told.get(request.GET.get("done", ""))
    return (Notice(done, Tone.GOOD),) if done else ()
