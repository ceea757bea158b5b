"""Two workers on this machine judge an archive, and only workers that are the same program may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import metadata
from typing import Any

import pytest

from rexian.dialogue.adapters import cluster
from rexian.dialogue.adapters.archive_pool import carried_out
from rexian.dialogue.adapters.cluster import NoCluster, OtherProgram
from rexian.dialogue.services.replaying_archive import Crew, carried, replaying_archive
from tests.dialogue.archive.conftest import Made

pytestmark = pytest.mark.xdist_group("cluster")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of a cluster of two workers, which live in threads of this process."""
    distributed: Any = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address=None,
        worker_dashboard_address=None,
    ) as made:
        yield str(made.scheduler_address)


def test_a_cluster_comes_to_what_one_process_does(
    archived: Callable[..., Made], address: str
) -> None:
    made, standards = archived(6), (carried("centre"),)
    found = []
    for crew, results in ((Crew(cluster=address), "there"), (Crew(), "here")):
        place = made.folder / results
        with replaying_archive(
            made.folder, standards=standards, crew=crew, results=place, rows=20
        ) as under_way:
            assert len(list(under_way.run())) > 1
            found.append((under_way.outturn(), under_way.ruined))
    assert found[0] == found[1]
    assert found[0][0].conversations == 12


@pytest.mark.parametrize(
    ("asked", "answer", "told"),
    [
        ("version", "0.0.9", "has Rexian 0.0.9"),
        ("version", metadata.PackageNotFoundError("rexian"), "has Rexian -"),
        ("fingerprint", "f" * 64, "(ffffffff)"),
        ("fingerprint", ModuleNotFoundError("pyarrow"), "lacks what the extra cluster brings"),
    ],
)
def test_a_worker_that_is_another_program_is_named(
    asked: str,
    answer: Any,
    told: str,
    archived: Callable[..., Made],
    address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asking = Client(asked, answer)
    monkeypatch.setattr(cluster, "_dask", Dask(asking))
    made = archived(1)
    with (
        pytest.raises(OtherProgram, match="tcp://worker") as raised,
        replaying_archive(made.folder, standards=(carried("centre"),), crew=Crew(cluster=address)),
    ):
        pass
    assert told in str(raised.value)
    assert asking.closed


def test_a_worker_that_joins_later_as_another_program_judges_nothing(address: str) -> None:
    distributed: Any = pytest.importorskip("distributed")
    with distributed.Client(address, set_as_default=False) as client:
        asked = client.submit(cluster.carried_out_there, len, "abc", "another program", pure=False)
        assert isinstance(asked.result(), OtherProgram)
        asked = client.submit(
            cluster.carried_out_there, len, "abc", cluster.fingerprint(), pure=False
        )
        assert asked.result() == carried_out(len, "abc") == 3


def test_an_address_at_which_nobody_answers_is_named(
    archived: Callable[..., Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "_PATIENCE", "0.1s")
    made, crew = archived(1), Crew(cluster="tcp://127.0.0.1:1")
    with (
        pytest.raises(NoCluster, match=r"127\.0\.0\.1:1"),
        replaying_archive(made.folder, standards=(carried("centre"),), crew=crew),
    ):
        pass


class Client:
    """A client whose workers answer one question wrongly."""

    def __init__(self, asked: str, answer: Any) -> None:
        self.asked, self.answer, self.closed = asked, answer, False

    def __call__(self, address: str, **_: Any) -> Client:
        """Connect."""
        assert address
        return self

    def run(self, question: Callable[..., Any], *given: Any, **_: Any) -> dict[str, Any]:
        """Ask every worker."""
        wrong = question.__name__ == self.asked
        return {"tcp://worker:1": self.answer if wrong else question(*given)}

    def close(self) -> None:
        """Part."""
        self.closed = True


class Dask:
    """What the adapter needs of the library to connect."""

    def __init__(self, client: Client) -> None:
        self.Client = client
