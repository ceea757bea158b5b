"""Notices: what is up now for the token's owner."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Router

from rexian.notices.queries import NoticeShown, current_notices
from rexian.rest.access import TokenRequest
from rexian.rest.schemas import Notice

router = Router(tags=["notices"])


@router.get("", response=list[Notice], operation_id="list_notices")
def list_notices(request: TokenRequest) -> list[dict[str, Any]]:
    """Return what is up: urgent first, then the newest."""
    return [_notice(one) for one in current_notices(request.auth, at=timezone.now())]


def _notice(shown: NoticeShown) -> dict[str, Any]:
    return {
        "id": shown.id,
        "unit": shown.unit,
        "text": shown.text,
        "importance": shown.importance,
        "posted_at": shown.posted_at,
        "until_at": shown.until_at,
        "read_at": shown.read_at,
    }
