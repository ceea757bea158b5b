from __future__ import annotations

from pathlib import Path

from rexian.speech.adapters.call_folders import READ
from rexian.speech.domain.unreadable_sound import Fault, Oddity

_PAGE = (Path(__file__).parents[3] / "docs/reference/recordings.md").read_text("utf-8")
_OF_TABLES = {
    *(Fault.NO_RECORDINGS, Fault.NO_SUCH_TABLE, Fault.CANNOT_OPEN_TABLE, Fault.NOT_A_TABLE),
    *(Fault.NO_COLUMNS, Fault.NO_RECORDING, Fault.NO_NAME, Fault.SECOND_ROW),
    Fault.SEVERAL_RECORDINGS,
    *(Oddity.NO_ROW, Oddity.BAD_CELL, Oddity.BAD_SIDECAR, Oddity.BAD_TRUTH, Oddity.CONTRADICTION),
}


def test_the_page_on_recordings_names_every_ending_fault_and_remark() -> None:
    codes = [one.code for one in (*Fault, *Oddity) if one not in _OF_TABLES]
    assert [name for name in (*READ, *codes) if f"`{name}`" not in _PAGE] == []
