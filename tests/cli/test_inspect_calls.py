"""``rexian inspect`` on recordings: heard once, judged, reported, whatever else is in the folder.

What is heard is made by hand, so that no engine has to run; the recordings are tones.
"""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rexian.cli.application import run
from rexian.cli.calls import hearing
from rexian.cli.calls.playing import MOST_EMBEDDED, playing_for
from rexian.cli.calls.progress import HearingProgress
from rexian.cli.calls.stopping import HearingStopped, Stopping
from rexian.cli.calls.wishes import Playing
from rexian.cli.terminal import open_terminal
from rexian.kernel.language import Language
from rexian.speech.domain.call_facts import roles_of
from rexian.speech.domain.heard import HeardCall
from rexian.speech.domain.unreadable_sound import Remark
from rexian.standard.domain.events import Speaker
from tests.reports.calls.made import heard, tone

TRANSCRIPT = {"id": "T1", "turns": [{"speaker": "agent", "text": "您好，请问有什么可以帮您？"}]}


@pytest.fixture(scope="session")
def sounds() -> dict[str, bytes]:
    return {"one": tone(2.0), "two": tone(3.0)}


@pytest.fixture
def calls(tmp_path: Path, sounds: dict[str, bytes]) -> Path:
    """Return a folder with two recordings."""
    folder = tmp_path / "calls"
    folder.mkdir()
    for name, content in sounds.items():
        (folder / f"{name}.wav").write_bytes(content)
    return folder


@pytest.fixture
def failing() -> dict[str, BaseException]:
    """Say what happens instead when a recording of this name is heard."""
    return {}


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch, failing: dict[str, BaseException]) -> list[dict[str, Any]]:
    """Hear the same call in every recording, and return how it was asked for."""
    asked: list[dict[str, Any]] = []

    def hear_file(path: Path, **how: Any) -> tuple[HeardCall, tuple[Remark, ...]]:
        asked.append({"path": path, **how})
        if path.name in failing:
            raise failing[path.name]
        roles = roles_of(how["roles"], 2)
        turns = tuple(replace(one, speaker=roles[one.channel]) for one in heard().turns)
        return replace(heard(), roles=roles, turns=turns), ()

    monkeypatch.setattr(hearing, "hear_file", hear_file)
    monkeypatch.setattr(hearing, "engine_named", lambda engine, **_: engine)
    return asked


def inspect(*arguments: str | Path) -> int:
    """Run ``rexian inspect`` in English."""
    return run(["--language", "en", "inspect", *map(str, arguments)])


def lines(text: str) -> list[dict[str, Any]]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def test_recordings_without_an_engine_are_refused_with_what_to_say(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inspect(calls) == 2
    told = capsys.readouterr().err
    assert "There are recordings (2)." in told
    assert "--asr whisper:FOLDER" in told


@pytest.mark.usefixtures("ear")
def test_a_folder_of_calls_is_judged_with_times_and_measures(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--asr", "none", "--channels", "agent,customer", "--only", "HW-3.12")
    assert inspect(calls, *asked, "--standard", "highway", "--format", "jsonl") == 0
    shown = capsys.readouterr()
    found = lines(shown.out)
    assert [one["id"] for one in found] == ["one", "two"]
    missed = [one for one in found[0]["verdicts"] if one["verdict"] == "missed"]
    assert [(one["clause"], one["at"]) for one in missed] == [("HW-3.12", 14.0)]
    assert found[0]["call"]["sides"][0]["interruptions"] == 1
    assert shown.err == ""


@pytest.mark.usefixtures("ear")
def test_transcripts_beside_recordings_are_read(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (calls / "chat.jsonl").write_text(json.dumps(TRANSCRIPT), "utf-8")
    assert inspect(calls, "--asr", "none", "--channels", "unknown", "--format", "jsonl") == 0
    assert [one["id"] for one in lines(capsys.readouterr().out)] == ["T1", "one", "two"]


def test_who_speaks_where_is_assumed_aloud(
    calls: Path, ear: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert inspect(calls, "--asr", "none", "--format", "jsonl") == 0
    assert ear[0]["roles"] == (Speaker.AGENT, Speaker.CUSTOMER)
    told = capsys.readouterr().err
    assert "in 2 recordings with two channels: the first is taken for the agent's" in told


def test_facts_rule_over_what_is_assumed(
    calls: Path, ear: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    facts = calls.parent / "facts.csv"
    facts.write_text('file,agent,channels\none.wav,1001,"customer,agent"\n', "utf-8")
    inspect(calls / "one.wav", "--asr", "none", "--facts", facts, "--format", "jsonl")
    assert ear[0]["roles"] == (Speaker.CUSTOMER, Speaker.AGENT)
    assert "is taken for" not in capsys.readouterr().err


def test_what_was_kept_is_not_heard_again_under_another_standard(
    calls: Path, ear: list[dict[str, Any]], tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    asked = (calls, "--asr", "none", "--keep", kept, "--format", "jsonl")
    assert inspect(*asked, "--standard", "highway") == 0
    assert len(ear) == 2
    assert inspect(*asked, "--standard", "gas") == 0
    assert len(ear) == 2
    assert inspect(*asked, "--channels", "customer,agent") == 0
    assert len(ear) == 4  # other sides: other turns, to be heard anew
    assert kept.stat().st_mode & 0o077 == 0


def test_what_is_kept_and_damaged_is_heard_anew(
    calls: Path, ear: list[dict[str, Any]], tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    asked = (calls / "one.wav", "--asr", "none", "--keep", kept, "--format", "jsonl")
    inspect(*asked)
    (one,) = kept.iterdir()
    one.write_bytes(one.read_bytes()[:20])
    assert inspect(*asked) == 0
    assert len(ear) == 2


@pytest.mark.usefixtures("ear")
def test_a_broken_recording_is_named_and_stops_nothing(
    calls: Path, failing: dict[str, BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    failing["one.wav"] = FileNotFoundError()
    assert inspect(calls, "--asr", "none", "--format", "jsonl") == 1
    shown = capsys.readouterr()
    assert [one["id"] for one in lines(shown.out)] == ["two"]
    assert "one.wav: There is no such recording." in shown.err


@pytest.mark.usefixtures("ear")
def test_ctrl_c_leaves_a_report_of_what_was_done(
    calls: Path,
    tmp_path: Path,
    failing: dict[str, BaseException],
    capsys: pytest.CaptureFixture[str],
) -> None:
    failing["two.wav"] = KeyboardInterrupt()
    report = tmp_path / "report.json"
    assert inspect(calls, "--asr", "none", "--output", report) == 130
    assert [one["id"] for one in json.loads(report.read_text("utf-8"))] == ["one"]
    assert "what was heard until now is in the report" in capsys.readouterr().err


@pytest.mark.usefixtures("ear")
def test_truth_tells_how_well_calls_were_heard(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turns = [
        {"speaker": one.speaker, "text": one.text, "start": one.start, "end": one.end}
        for one in heard().turns
    ]
    truth = [{"clause": "HW-3.12", "verdict": "missed", "turn": 2, "why": "不知道"}]
    sidecar = {"id": "one", "standard": "highway", "turns": turns, "truth": truth}
    (calls / "one.json").write_text(json.dumps(sidecar), "utf-8")
    asked = ("--asr", "none", "--truth", "--only", "HW-3.12", "--format", "jsonl")
    assert inspect(calls / "one.wav", *asked) == 0
    told = capsys.readouterr().err
    assert "How well the calls were heard" in told
    assert "0.000 (0/35)" in told
    assert "100.0%" in told


@pytest.mark.usefixtures("ear")
@pytest.mark.parametrize("place", list(Playing))
def test_the_page_has_its_sound_where_it_is_wanted(
    place: Playing, calls: Path, tmp_path: Path
) -> None:
    report = tmp_path / "my report.html"
    assert inspect(calls, "--asr", "none", "--sound", place, "--output", report) == 0
    page = report.read_text("utf-8")
    beside = tmp_path / "my report.sound"
    assert page.count('src="data:audio/mpeg;base64,') == (2 if place == "embed" else 0)
    assert page.count('src="my%20report.sound/0000') == (2 if place == "beside" else 0)
    assert ([one.name for one in sorted(beside.iterdir())] if beside.exists() else []) == (
        ["00001-one.mp3", "00002-two.mp3"] if place == "beside" else []
    )


def test_long_sound_goes_beside_unless_somebody_chose() -> None:
    output = Path("report.html")
    assert playing_for(None, MOST_EMBEDDED, output) is Playing.EMBED
    assert playing_for(None, MOST_EMBEDDED + 1, output) is Playing.BESIDE
    assert playing_for(None, MOST_EMBEDDED + 1, None) is Playing.EMBED
    assert playing_for(Playing.NONE, 1.0, output) is Playing.NONE


def test_the_estimate_leaves_out_what_was_kept() -> None:
    progress = HearingProgress(open_terminal(Language.ENGLISH), 1000.0)
    assert progress.rest(10.0, 5.0) is None  # too little heard to tell
    progress.past(500.0, was_kept=True)
    rest = progress.rest(600.0, 50.0)
    assert rest is not None
    assert rest.total_seconds() == pytest.approx(200.0)


def test_the_first_ctrl_c_asks_and_the_second_stops_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Stopping() as stopping:
        stopping.heed(0.0, 0.0)
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(HearingStopped):
            stopping.heed(1.0, 9.0)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_several_processes_hear_what_one_hears(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = []
    for jobs in ("1", "2"):
        assert inspect(calls, "--asr", "none", "--jobs", jobs, "--format", "jsonl") == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] != ""
