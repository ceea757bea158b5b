"""The pages about operating say what holds."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from rexian.cli.application import application
from rexian.site.configuration import ELSEWHERE, OPTIONS, read_configuration
from rexian.site.starting import Part

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guide" / "operating.md").read_text("utf-8")
DEPLOY = ROOT / "deploy"
KNOWN = {option.variable for option in OPTIONS} | ELSEWHERE


def test_the_page_of_settings_is_up_to_date() -> None:
    script = ROOT / "scripts" / "make_settings_page.py"
    assert subprocess.run([sys.executable, str(script), "--check"], check=False).returncode == 0


@pytest.mark.parametrize(
    "text",
    [GUIDE, *(one.read_text("utf-8") for one in DEPLOY.rglob("*") if one.is_file())],
)
def test_only_settings_that_there_are_are_spoken_of(text: str) -> None:
    assert set(re.findall(r"\bREXIAN_[A-Z_]+\b", text)) <= KNOWN


def test_only_commands_that_there_are_are_shown() -> None:
    known = set(getattr(get_command(application), "commands"))  # noqa: B009 - Typer hides its type
    units = "".join(one.read_text("utf-8") for one in DEPLOY.glob("systemd/*.service"))
    shown = re.findall(r"^(?:\S+ )?rexian ([a-z]+)", GUIDE, re.MULTILINE)
    assert {*shown, *re.findall(r"bin/rexian ([a-z]+)", units)} <= known
    assert len(shown) > 5


def test_the_example_of_settings_is_understood() -> None:
    lines = (DEPLOY / "rexian.env").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert read_configuration(given).public_url.hostname == "hotline.example.org"


@pytest.mark.parametrize("proxy", ["Caddyfile", "nginx.conf"])
def test_proxies_know_the_ports_of_the_units(proxy: str) -> None:
    text = (DEPLOY / proxy).read_text("utf-8")
    for part in (Part.WEB, Part.LIVE):
        unit = (DEPLOY / "systemd" / f"rexian-{part}.service").read_text("utf-8")
        [port] = re.findall(rf"serve --{part} --port (\d+)", unit)
        assert f"127.0.0.1:{port}" in text
    for inner in ("/live", "/metrics", "/health/"):
        assert inner in text
