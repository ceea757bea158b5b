"""Write figures as people read them: scores, shares, instants on a recorder."""

from __future__ import annotations


def minutes(seconds: float) -> str:
    """Return ``mm:ss``, and ``h:mm:ss`` from an hour on."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    clock = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{clock}" if hours else clock


def score(value: float | None) -> str:
    """Return a score without a decimal that says nothing, or a dash where there is none."""
    return "–" if value is None else f"{value:.1f}".removesuffix(".0")


def percent(share: float | None) -> str:
    """Return a share in percent, rounded down, so that 100 % means that nothing was missed."""
    return "–" if share is None else f"{int(share * 100 + 1e-9)}%"
