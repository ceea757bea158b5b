"""Every store of recordings does the same: a folder, a bucket, and the memory of a process."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rexian.kernel.errors import NotFound
from rexian.speech.adapters import s3
from rexian.speech.adapters.disk import DiskStore
from rexian.speech.adapters.memory import MemoryStore
from rexian.speech.adapters.s3 import S3Missing, S3Store, StoreAway, client_of
from rexian.speech.ports import Store
from tests.speech.kept.s3_server import ObjectStore, object_store

NAME, OTHER = "ab/" + "c" * 40, "ab/" + "d" * 40
UNFINISHED = f"ab/.{'c' * 40}./../../x"
LATER = datetime(2099, 1, 1, tzinfo=UTC)
EARLIER = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[ObjectStore]:
    with object_store() as serving:
        yield serving


@pytest.fixture
def bucket(server: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Store]:
    monkeypatch.setattr(s3, "PART", 1000)
    server.objects.clear()
    client = client_of(
        server.url, region="", **dict.fromkeys(("access_key", "secret_key"), "tests")
    )
    yield S3Store(client, "recordings", prefix="2026")
    client.close()


@pytest.fixture(params=["folder", "bucket", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "bucket":
        found: S3Store = request.getfixturevalue("bucket")
        return found
    return DiskStore(tmp_path) if request.param == "folder" else MemoryStore()


def kept(store: Store, name: str = NAME, *, start: int = 0) -> bytes:
    return b"".join(store.open(name, start=start))


@pytest.mark.parametrize("size", [5, 1000, 4321], ids=["small", "a part", "several parts"])
def test_what_is_put_is_read_from_anywhere(store: Store, size: int) -> None:
    content = (bytes(range(256)) * 20)[:size]
    assert store.put(NAME, iter([content[:3], content[3:]])) == size
    assert kept(store) == content
    assert kept(store, start=2) == content[2:]


def test_what_breaks_off_is_not_there(store: Store) -> None:
    def broken_off() -> Iterator[bytes]:
        yield bytes(2500)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put(NAME, broken_off())
    with pytest.raises(NotFound):
        store.open(NAME)
    assert list(store.stored_before(LATER)) == []


def test_what_is_removed_is_gone(store: Store) -> None:
    store.put(NAME, iter([b"one"]))
    store.put(OTHER, iter([b"two"]))
    assert (store.remove(NAME), store.remove(NAME)) == (True, False)
    with pytest.raises(NotFound):
        store.open(NAME)
    assert kept(store, OTHER) == b"two"


def test_what_was_stored_before_is_told_by_its_name(store: Store) -> None:
    store.put(NAME, iter([b"one"]))
    assert list(store.stored_before(LATER)) == [NAME]
    assert list(store.stored_before(EARLIER)) == []


def test_what_others_keep_in_the_same_place_is_not_told_of(
    bucket: S3Store, server: ObjectStore, tmp_path: Path
) -> None:
    whole = S3Store(bucket._client, "recordings")
    server.objects["2026/backup/july.zip"] = server.objects["ab/report.pdf"] = b"theirs"
    folder = DiskStore(tmp_path)
    for name in ("lost+found/1", "ab/notes.txt", f"ab/.{'c' * 40}.swp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"theirs")
    for store in (bucket, whole, folder):
        assert list(store.stored_before(LATER)) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from rexian.speech.adapters.disk import DiskStore

def pieces():
    yield bytes(100_000)
    os.kill(os.getpid(), signal.SIGKILL)

DiskStore(Path(sys.argv[1])).put(sys.argv[2], pieces())
"""


def test_whoever_is_killed_in_the_middle_leaves_what_is_found_and_removed(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), NAME], check=False)
    store = DiskStore(tmp_path)
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(NotFound):
        store.open(NAME)
    (left,) = store.stored_before(LATER)
    assert store.remove(left)
    assert list(store.stored_before(LATER)) == []


def test_a_folder_takes_no_name_that_leads_out_of_it(tmp_path: Path) -> None:
    for name in (
        "../secret",
        "/etc/passwd",
        "ab/../../secret",
        "ab/" + "c" * 20 + "/x",
        UNFINISHED,
    ):
        with pytest.raises(NotFound):
            DiskStore(tmp_path).open(name)


def test_an_upload_of_a_process_that_was_killed_is_found_and_withdrawn(
    bucket: S3Store, server: ObjectStore
) -> None:
    server.uploads["lost"] = (f"2026/{NAME}", {1: b"begun"})
    assert list(bucket.stored_before(LATER)) == [NAME]
    assert bucket.remove(NAME)
    assert (server.uploads, list(bucket.stored_before(LATER))) == ({}, [])


def test_a_bucket_that_refuses_is_told_of_in_a_sentence(
    bucket: S3Store, server: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "broken", True)
    with pytest.raises(StoreAway, match="AccessDenied"):
        bucket.put(NAME, iter([b"one"]))
    with pytest.raises(StoreAway, match="AccessDenied"):
        bucket.open(NAME)


def test_without_the_extra_a_sentence_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(S3Missing, match="s3"):
        client_of("", region="", access_key="", secret_key="")
