"""Sealed bytes open in any piece, and in no other form than that in which they were sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.speech.domain.sealing import (
    CHUNK,
    BadKey,
    KeyMissing,
    MasterKey,
    SealBroken,
    last_chunk,
    new_key,
    offset_of,
    read_keys,
    seal,
    sealed_size,
    unseal,
    unwrap,
    wrap,
)

KEY = bytes(range(32))
NAME = "ab/cdef"
LONG = bytes(range(256)) * 1024  # four chunks, exactly


def sealed(plain: bytes, *, name: str = NAME, key: bytes = KEY) -> bytes:
    """Return the sealed form of some bytes."""
    return b"".join(seal([plain], key, name=name))


def unsealed(form: bytes, size: int, *, first: int = 0, name: str = NAME) -> bytes:
    """Return what the chunks from ``first`` on open to."""
    return b"".join(unseal([form[offset_of(first) :]], KEY, name=name, size=size, first=first))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_opens_again(size: int) -> None:
    plain = (LONG * 2)[:size]
    form = sealed(plain)
    assert unsealed(form, size) == plain
    assert len(form) == sealed_size(size)


@given(st.lists(st.binary(max_size=200), max_size=20))
def test_it_does_not_matter_in_which_pieces_the_bytes_come(pieces: list[bytes]) -> None:
    form = b"".join(seal(pieces, KEY, name=NAME))
    assert unsealed(form, len(b"".join(pieces))) == b"".join(pieces)


def test_any_chunk_opens_alone() -> None:
    form = sealed(LONG)
    for first in range(last_chunk(len(LONG)) + 1):
        assert unsealed(form, len(LONG), first=first) == LONG[first * CHUNK :]


def changed(form: bytes) -> bytes:
    return form[:100] + bytes([form[100] ^ 1]) + form[101:]


def without_the_last_chunk(form: bytes) -> bytes:
    return form[: offset_of(3)]


def in_another_order(form: bytes) -> bytes:
    one, two, three = offset_of(0), offset_of(1), offset_of(2)
    return form[:one] + form[two:three] + form[one:two] + form[three:]


def with_a_chunk_of_another(form: bytes) -> bytes:
    other = sealed(LONG, key=new_key())
    return other[: offset_of(1)] + form[offset_of(1) :]


@pytest.mark.parametrize(
    "tampered", [changed, without_the_last_chunk, in_another_order, with_a_chunk_of_another]
)
def test_bytes_that_were_tampered_with_do_not_open(tampered: Callable[[bytes], bytes]) -> None:
    with pytest.raises(SealBroken):
        unsealed(tampered(sealed(LONG)), len(LONG))


def test_what_was_cut_off_does_not_pass_for_shorter() -> None:
    form = without_the_last_chunk(sealed(LONG))
    with pytest.raises(SealBroken):
        unsealed(form, 3 * CHUNK)


def test_the_bytes_of_one_recording_do_not_open_as_anothers() -> None:
    with pytest.raises(SealBroken):
        unsealed(sealed(LONG), len(LONG), name="ab/other")


def test_sealing_never_holds_more_than_a_few_chunks() -> None:
    taken = []

    def pieces() -> Iterator[bytes]:
        for number in range(50):
            taken.append(number)
            yield bytes(CHUNK)

    form = seal(pieces(), KEY, name=NAME)
    next(form)
    next(form)
    assert len(taken) <= 3


def test_a_wrapped_key_opens_for_its_recording_its_organisation_and_its_master_alone() -> None:
    master, other = MasterKey(bytes(32)), MasterKey(bytes(31) + b"1")
    wrapped = wrap(KEY, master, organisation=1, name=NAME)
    assert unwrap(wrapped, master, organisation=1, name=NAME) == KEY
    for wrong in (
        {"master": other, "organisation": 1, "name": NAME},
        {"master": master, "organisation": 2, "name": NAME},
        {"master": master, "organisation": 1, "name": "ab/other"},
    ):
        with pytest.raises(SealBroken):
            unwrap(wrapped, **wrong)  # type: ignore[arg-type] # each is what its name says


def test_a_ring_of_keys_is_read_with_remarks_and_commas() -> None:
    one, two = MasterKey(bytes(32)), MasterKey(KEY)
    for text in (f"# keys\n{one.text()}  # first\n\n{two.text()}\n", f"{one.text()},{two.text()}"):
        ring = read_keys(text)
        assert [key.id for key in ring.keys] == [one.id, two.id]
        assert ring.named(two.id) == two
    with pytest.raises(KeyMissing):
        read_keys(one.text()).named(two.id)


@pytest.mark.parametrize("text", ["", "# nothing", "not Base64!", "c2hvcnQ="])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        read_keys(text)
