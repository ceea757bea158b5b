"""Any server that understands the transcriptions of OpenAI's interface.

A passage is sent as WAV and comes back with times for each word. Nothing of a call is logged, and
no error quotes what a server has said of it.
"""

from __future__ import annotations

import io
import json
import os
import time
import wave
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from http.client import HTTPException
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.speech.domain.heard import RATE, Word

if TYPE_CHECKING:
    from rexian.speech.ports import Samples

KEY = "REXIAN_ASR_KEY"
"""The environment variable with the key of the server, if it wants one."""

SURE_ENOUGH = 0.75
"""The confidence of words whose server does not tell."""

_TRIES = 4
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0
_LARGEST_ANSWER = 4 * 1024 * 1024
_MOST_HINTS = 200
_LATER = frozenset({429, 500, 502, 503, 504})
_LONGEST_NAME = 120


class EngineUnreachable(Invalid):
    """The server that reads did not answer, or not in time, or too busy, however often asked."""

    code = "engine-unreachable"


class EngineRefuses(Invalid):
    """The server that reads does not take what it is sent: a wrong key, an unknown model."""

    code = "engine-refuses"


class _NoRedirects(HTTPRedirectHandler):
    """Follows no redirection: a call and a key are sent nowhere but where the operator said."""

    def redirect_request(self, *_: Any) -> None:
        """Return nothing, so that the redirection is an error."""


class Endpoint:
    """A server's transcriptions with one of its models."""

    longest = 28.0

    def __init__(
        self,
        address: str,
        *,
        model: str,
        key: str = "",
        language: str = "zh",
        timeout: float = 120.0,
        first_pause: float = _FIRST_PAUSE,
    ) -> None:
        """Read with ``model`` of the server at ``address`` (…/v1), waiting ``timeout`` seconds."""
        self._address = f"{address.rstrip('/')}/audio/transcriptions"
        self._host = urlsplit(address).netloc.rpartition("@")[2]
        self._model = model
        self._key = key
        self._language = language
        self._timeout = timeout
        self._first_pause = first_pause
        self._opener = build_opener(_NoRedirects)
        self.name = f"{self._host}#{model}"[:_LONGEST_NAME]

    def read(self, passage: Samples, *, hints: Sequence[str] = ()) -> list[Word]:
        """Return the words of a passage.

        Raises ``EngineUnreachable`` or ``EngineRefuses``, after several tries where that may help.
        """
        fields = [
            ("model", self._model),
            ("language", self._language),
            ("response_format", "verbose_json"),
            ("temperature", "0"),
            ("timestamp_granularities[]", "word"),
            ("timestamp_granularities[]", "segment"),
        ]
        if hints:
            fields.append(("prompt", "、".join(hints)[:_MOST_HINTS]))
        answer = self._asked(*_form(fields, _wav(passage)))
        return list(_words(answer, len(passage) / RATE))

    def _asked(self, kind: str, body: bytes) -> Mapping[str, Any]:
        """Send a form until it is answered; return the answer."""
        headers = {"Content-Type": kind, "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        for attempt in range(_TRIES):
            request = Request(self._address, body, headers)  # noqa: S310 - http and https alone, see endpoint_at
            try:
                with self._opener.open(request, timeout=self._timeout) as answer:
                    return self._understood(answer.read(_LARGEST_ANSWER + 1))
            except HTTPError as error:
                problem, asked_to_wait = f"HTTP {error.code}", error.headers.get("Retry-After")
                error.close()
                if error.code not in _LATER:
                    raise self._refusal(error.code) from None
            except (OSError, HTTPException) as error:
                problem, asked_to_wait = type(error).__name__, None
            if attempt < _TRIES - 1:
                time.sleep(self._pause(attempt, asked_to_wait))
        raise EngineUnreachable(
            mark("The server {host} that reads speech does not answer: {problem}."),
            host=self._host,
            problem=problem,
        )

    def _pause(self, attempt: int, asked: str | None) -> float:
        """Return for how many seconds to wait: as asked, else twice as long each time."""
        if asked is not None and asked.strip().isdecimal():
            return min(float(asked), _LONGEST_PAUSE)
        longest = min(_LONGEST_PAUSE, self._first_pause * float(1 << attempt))
        return longest * (0.5 + Random().random() / 2)  # noqa: S311 - spreads load, hides nothing

    def _refusal(self, status: int) -> EngineRefuses:
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return EngineRefuses(
                mark("The server {host} that reads speech does not take the key in {variable}."),
                host=self._host,
                variable=KEY,
            )
        return EngineRefuses(
            mark("The server {host} does not read with the model {model}: HTTP {status}."),
            host=self._host,
            model=self._model,
            status=status,
        )

    def _understood(self, content: bytes) -> Mapping[str, Any]:
        try:
            answer = json.loads(content) if len(content) <= _LARGEST_ANSWER else None
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
            raise EngineRefuses(
                mark("What the server {host} answers is no transcription."), host=self._host
            )
        return answer


def endpoint_at(address: str) -> Endpoint:
    """Return the engine at ``https://…/v1#MODEL``; its key is in the environment."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not parts.fragment:
        raise EngineRefuses(
            mark("{address} names no model of a server: say https://server.example/v1#MODEL."),
            address=address,
        )
    place = urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))
    return Endpoint(place, model=parts.fragment, key=os.environ.get(KEY, ""))


def _wav(passage: Samples) -> bytes:
    """Return a passage as WAV of 16 bit."""
    import numpy as np  # noqa: PLC0415 - an extra

    whole = io.BytesIO()
    with wave.open(whole, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(passage, -1.0, 1.0) * 32767).astype("<i2").tobytes())
    return whole.getvalue()


def _form(fields: Sequence[tuple[str, str]], wav: bytes) -> tuple[str, bytes]:
    """Return the kind and the content of a form with fields and a file."""
    border = f"rexian-{os.urandom(12).hex()}"
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    head = (
        f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="passage.wav"\r\n'
        "Content-Type: audio/wav\r\n\r\n"
    )
    body = b"".join([*parts, head.encode(), wav, f"\r\n--{border}--\r\n".encode()])
    return f"multipart/form-data; boundary={border}", body


def _words(answer: Mapping[str, Any], until: float) -> Iterator[Word]:
    """Yield the words of an answer; where it has none, its segments or its text shared out."""
    words = answer.get("words")
    if isinstance(words, list) and words:
        text, at = str(answer["text"]), 0
        for one in words:
            said = str(one.get("word", one.get("text", "")))
            start, end = float(one.get("start") or 0.0), float(one.get("end") or 0.0)
            marks, at = _marks_behind(text, said, at)
            yield Word(said + marks, start, max(start, end), _confidence(one))
        return
    for segment in answer.get("segments") or [{"text": answer["text"], "start": 0.0, "end": until}]:
        yield from _shared_out(segment, until)


def _marks_behind(text: str, said: str, at: int) -> tuple[str, int]:
    """Return the marks that stand behind a word in the text, which words by themselves lack."""
    found = text.find(said.strip(), at) if said.strip() else -1
    if found < 0:
        return "", at
    end = begin = found + len(said.strip())
    while end < len(text) and not text[end].isalnum() and not text[end].isspace():
        end += 1
    return text[begin:end], end


def _shared_out(segment: Mapping[str, Any], until: float) -> Iterator[Word]:
    """Yield the characters of a segment, its time shared among them."""
    text = str(segment.get("text", "")).strip()
    start, end = float(segment.get("start") or 0.0), float(segment.get("end") or until)
    each = max(0.0, end - start) / len(text) if text else 0.0
    for place, character in enumerate(text):
        at = start + place * each
        yield Word(character, at, at + each, SURE_ENOUGH)


def _confidence(word: Mapping[str, Any]) -> float:
    """Return how sure the server is of a word, where it tells (some do, OpenAI's own does not)."""
    told = word.get("probability", word.get("confidence", word.get("score")))
    if isinstance(told, int | float) and 0.0 <= told <= 1.0:
        return float(told)
    return SURE_ENOUGH
