"""``POST /live/signal``: what passes between pages and is kept nowhere."""

from __future__ import annotations

import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings

from rexian.kernel.errors import NotFound, Refused
from rexian.live.asgi import Receive, Scope, Send, answer, headers_of, session_of
from rexian.live.broadcasting import Broadcaster
from rexian.live.domain.signals import LARGEST, Allowance, Signal, read_signal
from rexian.live.domain.topics import Topic, Watch, topic_named
from rexian.live.rendering import event

PATH = "/live/signal"


class Switchboard:
    """Passes signals on to the streams of this process.

    204 when it is done, whether anybody listens or not; 400 where a signal cannot be understood or
    its topic takes none; 401 without a session where one is needed, 403 where its sender may not
    watch what they send under, or another site sends it in their name; 405, 413 and 415 as usual;
    429 for too many; 503 while the server closes.
    """

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    async def answer(
        self, scope: Scope, receive: Receive, send: Send, broadcaster: Broadcaster
    ) -> None:
        """Answer one request."""
        try:
            topic, signal, session = await _read(scope, receive)
            self._let(session or str(signal.watch))
            status = await _pass_on(broadcaster, topic, signal, session)
        except Unfit as unfit:
            status = unfit.status
        await answer(send, status)

    def _let(self, sender: str) -> None:
        if not self._allowance.take(sender, time.monotonic()):
            raise Unfit(429)


class Unfit(Exception):
    """A request that is refused before anybody is told."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def _read(scope: Scope, receive: Receive) -> tuple[Topic, Signal, str]:
    """Return a signal, its topic and the session that speaks for its sender, if one is needed."""
    headers = headers_of(scope)
    _look_at(scope, headers)
    try:
        signal = read_signal(await _body(receive))
    except ValueError:
        raise Unfit(400) from None
    topic = topic_named(signal.watch.topic)
    if topic is None or topic.relays is None:
        raise Unfit(400)
    session = "" if topic.by_key else session_of(headers)
    if session and not _is_ours(headers):
        raise Unfit(403)
    return topic, signal, session


async def _pass_on(broadcaster: Broadcaster, topic: Topic, signal: Signal, session: str) -> int:
    """Pass a signal on if its sender may send it; return the status that says so."""
    watch = signal.watch
    if broadcaster.closing:
        return 503
    if not _is_known(broadcaster, watch, session):
        admission = await broadcaster.admit(session, frozenset({watch}))
        if admission is None:
            return 401
        if admission.refused:
            return 403
    try:
        listening = await broadcaster.relays(topic, watch.key)
    except (NotFound, Refused):
        return 403
    for one in listening:
        told = {"topic": one.topic, "key": one.key, "kind": signal.kind, "data": signal.data}
        broadcaster.hub.pass_on(one, signal.kind, event("signal", told))
    return 204


def _is_known(broadcaster: Broadcaster, watch: Watch, session: str) -> bool:
    """Tell whether the sender has a stream open for this: then nobody need look them up again."""
    return any(
        not one.doubted and (one.is_visitor or one.session == session)
        for one in broadcaster.hub.watching(watch)
    )


def _look_at(scope: Scope, headers: Mapping[bytes, bytes]) -> None:
    """Refuse a request for its form."""
    if scope["method"] != "POST":
        raise Unfit(405)
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > LARGEST:
        raise Unfit(413)
    if headers.get(b"content-type", b"").partition(b";")[0].strip().lower() != b"application/json":
        raise Unfit(415)


def _is_ours(headers: Mapping[bytes, bytes]) -> bool:
    """Tell whether a page of our own sent this, so that the session speaks for its owner.

    Another site's page cannot send JSON without asking first, and is never told that it may; this
    holds where a browser forgets to ask.
    """
    site = headers.get(b"sec-fetch-site", b"").decode("latin-1")
    if site:
        return site == "same-origin"
    origin = headers.get(b"origin", b"").decode("latin-1")
    host = headers.get(b"host", b"").decode("latin-1")
    return origin in settings.CSRF_TRUSTED_ORIGINS or host == urlsplit(origin).netloc != ""


async def _body(receive: Receive) -> bytes:
    """Return the body of a request, unless it is too large."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST:
            raise Unfit(413)
    return body
