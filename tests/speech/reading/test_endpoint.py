"""Servers that understand OpenAI's transcriptions, as a small one on this machine."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from rexian.speech.adapters.openai_compatible import (
    KEY,
    Endpoint,
    EngineRefuses,
    EngineUnreachable,
)
from rexian.speech.domain.heard import RATE
from rexian.speech.services.engines import recogniser_of

PASSAGE = np.zeros(RATE, np.float32)
ANSWER = {
    "text": "您好，請稍等。",
    "words": [
        {"word": "您好", "start": 0.1, "end": 0.4},
        {"word": "請", "start": 0.5, "end": 0.6, "probability": 0.3},
        {"word": "稍等", "start": 0.6, "end": 0.9},
    ],
}


@dataclass
class Server:
    """What the server answers, one after another, the last again and again; what it was sent."""

    address: str = ""
    answers: list[tuple[int, object]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def endpoint(self, key: str = "") -> Endpoint:
        return Endpoint(self.address, model="base", key=key, timeout=5.0, first_pause=0.001)


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            told.headers.append(dict(self.headers))
            status, answer = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Retry-After", "0")
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        told.address = f"http://127.0.0.1:{running.server_port}/v1"
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield told
        running.shutdown()
        thread.join()


def test_words_come_with_their_times_their_marks_and_how_sure_they_are(server: Server) -> None:
    server.answers = [(200, ANSWER)]
    words = server.endpoint().read(PASSAGE)
    assert [(one.text, one.start, one.confidence) for one in words] == [
        ("您好，", 0.1, 0.75),
        ("請", 0.5, 0.3),
        ("稍等。", 0.6, 0.75),
    ]


def test_a_passage_is_sent_as_wav_with_the_hints_and_the_key(server: Server) -> None:
    server.answers = [(200, ANSWER)]
    server.endpoint(key="secret").read(PASSAGE, hints=("松源服务区",))
    body = server.bodies[0]
    assert b"RIFF" in body
    assert "松源服务区".encode() in body
    assert b'name="timestamp_granularities[]"\r\n\r\nword' in body
    assert server.headers[0]["Authorization"] == "Bearer secret"


def test_a_server_that_tells_only_segments_has_its_times_shared_out(server: Server) -> None:
    server.answers = [
        (200, {"text": "您好再见", "segments": [{"text": "您好再见", "start": 0.2, "end": 1.0}]})
    ]
    words = server.endpoint().read(PASSAGE)
    assert [one.text for one in words] == list("您好再见")
    assert words[2].start == pytest.approx(0.6)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again(server: Server, status: int) -> None:
    server.answers = [(status, {}), (status, {}), (200, ANSWER)]
    assert len(server.endpoint().read(PASSAGE)) == 3
    assert len(server.bodies) == 3


def test_a_server_that_stays_busy_is_given_up(server: Server) -> None:
    server.answers = [(503, {})]
    with pytest.raises(EngineUnreachable, match="does not answer: HTTP 503"):
        server.endpoint().read(PASSAGE)
    assert len(server.bodies) == 4


def test_a_wrong_key_is_said_and_not_tried_again(server: Server) -> None:
    server.answers = [(401, {"error": "您好"})]
    with pytest.raises(EngineRefuses, match=KEY):
        server.endpoint(key="wrong").read(PASSAGE)
    assert len(server.bodies) == 1


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"text": 1}'])
def test_an_answer_that_is_no_transcription_is_said_so(server: Server, answer: bytes) -> None:
    server.answers = [(200, answer)]
    with pytest.raises(EngineRefuses, match="no transcription"):
        server.endpoint().read(PASSAGE)


def test_no_redirection_takes_a_call_elsewhere(server: Server) -> None:
    server.answers = [(307, {})]
    with pytest.raises(EngineRefuses, match="HTTP 307"):
        server.endpoint(key="secret").read(PASSAGE)
    assert len(server.bodies) == 1


def test_a_server_that_is_not_there_is_said_so() -> None:
    gone = Endpoint("http://127.0.0.1:9/v1", model="base", timeout=1.0, first_pause=0.001)
    with pytest.raises(EngineUnreachable, match=r"127\.0\.0\.1:9"):
        gone.read(PASSAGE)


def test_nothing_of_a_call_is_logged(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.answers = [(503, {}), (200, ANSWER)]
    with caplog.at_level(logging.DEBUG):
        server.endpoint(key="secret").read(PASSAGE)
    assert "您好" not in caplog.text
    assert "secret" not in caplog.text


def test_the_key_comes_from_the_environment_and_is_not_in_the_name(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, "from-outside")
    server.answers = [(200, ANSWER)]
    engine = recogniser_of(f"{server.address}#large")
    engine.read(PASSAGE)
    assert server.headers[0]["Authorization"] == "Bearer from-outside"
    assert engine.name.endswith("#large")
    assert "from-outside" not in engine.name
