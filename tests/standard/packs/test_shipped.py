"""What every pack that ships has in common."""

from __future__ import annotations

import pytest
import yaml

from rexian.standard.domain.pack.sources import find_pack, installed


@pytest.mark.parametrize("name", installed())
def test_no_file_has_an_alias_which_an_archive_may_not_have(name: str) -> None:
    for path in find_pack(name).rglob("*.yaml"):
        events = yaml.parse(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        assert not [path for one in events if isinstance(one, yaml.AliasEvent)]


def test_all_six_ship() -> None:
    assert installed() == ("centre", "counter", "gas", "highway", "lessons", "station")
