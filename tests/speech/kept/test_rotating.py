"""The key is exchanged without sealing anything anew, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rexian.kernel.authority import Actor, RightMissing
from rexian.org.domain.roles import Role
from rexian.speech import models
from rexian.speech.adapters.installation import add_key, drop_keys, key_ring
from rexian.speech.domain.sealing import KeyMissing, read_keys
from rexian.speech.services import vault_rotating
from rexian.speech.services.vault import put_away, sound_of
from rexian.speech.services.vault_rotating import (
    StillInUse,
    drop_old_keys,
    rotate_key,
    verify_recordings,
)
from tests.cast import NOW, nothing_changes, recorded
from tests.speech.kept.conftest import SOUND, Centre

OPERATOR = Actor.system("command")


def rotated() -> vault_rotating.Rotated:
    return rotate_key(actor=OPERATOR, at=NOW, told=lambda _: None)


def unsound() -> list[tuple[int, str]]:
    return [(one.recording, one.error.code) for one in verify_recordings(lambda _: None)]


def heard(recording: int) -> bytes:
    with sound_of(recording) as sound:
        return sound.read()


def test_a_rotated_key_opens_everything_and_no_sound_is_touched(centre: Centre, home: Path) -> None:
    received = centre.receive()
    (stored,) = (one for one in (home / "recordings").rglob("*") if one.is_file())
    before, old = stored.read_bytes(), models.Recording.objects.get().key_id
    done = rotated()
    row = models.Recording.objects.get()
    assert (done.wrapped, done.left, row.key_id) == (1, 0, done.key_id)
    assert done.key_id != old
    assert stored.read_bytes() == before
    assert heard(received.recording) == SOUND
    assert drop_old_keys(actor=OPERATOR) == 1
    assert [one.id for one in read_keys((home / "recordings.key").read_text()).keys] == [row.key_id]
    assert (home / "recordings.key").stat().st_mode & 0o777 == 0o600
    assert heard(received.recording) == SOUND
    (entry,) = recorded("speech.key_rotated")
    assert entry.data == {"key_id": row.key_id, "recordings": 1}


def test_an_old_backup_opens_nothing_once_the_old_key_is_dropped(centre: Centre) -> None:
    received = centre.receive()
    backed_up = models.Recording.objects.values("data_key", "key_id").get()
    rotated()
    drop_old_keys(actor=OPERATOR)
    models.Recording.objects.update(**backed_up)
    with pytest.raises(KeyMissing):
        heard(received.recording)


def test_a_rotation_that_was_broken_off_is_finished_and_no_key_is_lost(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = centre.receive(), centre.receive(b"another")
    monkeypatch.setattr(vault_rotating, "_BATCH", 1)
    counted = iter((None,))

    def killed(_: int) -> None:
        next(counted, None)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate_key(actor=OPERATOR, at=NOW, told=killed)
    assert models.Recording.objects.values("key_id").distinct().count() == 2
    assert heard(first.recording) == SOUND
    with pytest.raises(StillInUse):
        drop_old_keys(actor=OPERATOR)
    assert rotated().wrapped == 1
    assert models.Recording.objects.values("key_id").distinct().count() == 1
    assert heard(second.recording) == b"another"


def test_one_whose_key_is_lost_stops_no_rotation(centre: Centre) -> None:
    lost, kept = centre.receive(), centre.receive(b"another")
    models.Recording.objects.filter(pk=lost.recording).update(key_id="gone")
    before = models.Recording.objects.get(pk=kept.recording).key_id
    first, second = rotated(), rotated()
    assert (first.wrapped, first.left, second.wrapped, second.left) == (1, 1, 1, 1)
    assert len({before, first.key_id, second.key_id}) == 3
    assert drop_old_keys(actor=OPERATOR) == 2
    assert heard(kept.recording) == b"another"


def test_two_who_exchange_the_key_at_once_lose_none(centre: Centre, home: Path) -> None:
    received = centre.receive()
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: add_key(), range(8)))
    kept = set(read_keys((home / "recordings.key").read_text()).keys)
    assert {one.first for one in rings} <= kept
    assert len(kept) == 9
    rotated()
    assert heard(received.recording) == SOUND


def test_a_key_that_came_meanwhile_drops_none_in_use(centre: Centre) -> None:
    received = centre.receive()
    in_use = add_key().keys[-1]
    assert in_use in drop_keys(in_use).keys
    assert heard(received.recording) == SOUND


def test_what_comes_in_during_a_rotation_is_under_the_key_that_stays(centre: Centre) -> None:
    centre.receive(b"before")

    def slowly() -> Iterator[bytes]:
        yield SOUND
        rotated()
        drop_old_keys(actor=OPERATOR)

    sealed = put_away(slowly(), organisation=centre.actor().organisation or 0)
    assert sealed.key_id == key_ring().first.id
    assert len(key_ring().keys) == 1


def test_verifying_tells_what_is_gone_changed_or_without_key(centre: Centre, home: Path) -> None:
    gone, changed, whole = (centre.receive(name) for name in (b"gone", b"changed", b"whole"))
    assert unsound() == []
    for received in (gone, changed):
        name = models.Recording.objects.get(pk=received.recording).stored_as
        file = home / "recordings" / name
        if received is gone:
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert unsound() == [(gone.recording, "not-found"), (changed.recording, "seal-broken")]
    (home / "recordings.key").unlink()
    assert dict(unsound())[whole.recording] == "recording-key-missing"


def test_a_person_without_the_right_exchanges_no_key(centre: Centre) -> None:
    centre.receive()
    with nothing_changes(), pytest.raises(RightMissing):
        rotate_key(actor=centre.actor(Role.INSPECTOR), at=NOW, told=lambda _: None)
