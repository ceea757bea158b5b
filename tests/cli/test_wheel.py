"""The built wheel works in an empty environment, with everything it needs inside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT_FROM = ("src", "pyproject.toml", "hatch_build.py", "README.md", "README.zh.md")
LEGAL = ("CHANGELOG.md", "LICENSE", "NOTICE")

pytestmark = [pytest.mark.wheel, pytest.mark.xdist_group("wheel")]


def build(target: str, source: Path, into: Path) -> Path:
    """Build an sdist or a wheel from ``source`` with the backend that the project names."""
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        target,
        "--directory",
        str(into),
    ]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an sdist from a copy of the tree, as it is cloned, and a wheel from the sdist."""
    clone = tmp_path_factory.mktemp("clone")
    for name in (*BUILT_FROM, *LEGAL):
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("*.mo", "__pycache__")
            shutil.copytree(ROOT / name, clone / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, clone / name)
    archive = build("sdist", clone, tmp_path_factory.mktemp("sdist"))
    unpacked = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(archive) as opened:
        opened.extractall(unpacked, filter="data")
    (source,) = unpacked.iterdir()
    return build("wheel", source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment and return the command."""
    home = tmp_path_factory.mktemp("environment")
    uv = shutil.which(os.environ.get("UV") or "uv")
    venv.create(home, with_pip=uv is None)
    python = home / "bin" / "python"
    install = [uv, "pip", "install", "--python"] if uv else [python, "-m", "pip", "install"]
    subprocess.run([*install, *([python] if uv else []), wheel], check=True, capture_output=True)
    return home / "bin" / "rexian"


def run(program: Path, *arguments: str | Path) -> str:
    """Run the installed command far from the source tree and return what it says."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(program.parent), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [program, *arguments],
        cwd=program.parent,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_wheel_holds_all_that_the_package_holds_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = ROOT / "src" / "rexian"
    files = (path for path in package.rglob("*") if path.is_file())
    wanted = {f"rexian/{path.relative_to(package).as_posix()}" for path in files}
    assert names == {name for name in wanted if "__pycache__" not in name}


def test_the_wheel_holds_catalogues_and_the_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for ending in ("zh_Hans/LC_MESSAGES/rexian.mo", "licenses/LICENSE", "licenses/NOTICE"):
        assert any(name.endswith(ending) for name in names), ending


def test_the_command_speaks_chinese_and_inspects_the_samples(program: Path) -> None:
    assert run(program, "--help").startswith("用法：")
    found = [
        json.loads(line)
        for line in run(program, "inspect", "--samples", "-f", "jsonl").splitlines()
    ]
    assert found
    assert all(one["verdicts"] for one in found)
