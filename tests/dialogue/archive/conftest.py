"""A small archive: conversations that break and keep the shared standard, over two months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from rexian.dialogue.adapters import archive_writing
from rexian.dialogue.domain.archive import Shelf
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.services.archiving import archive_conversations
from rexian.standard.domain.events import Speaker, Turn

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
SAID = (
    ("喂，不知道。", "前面堵不堵？ {}"),
    ("您好，华通高速很高兴为您服务。", "我的车坏了。 {}", "请问是丰田还是什么车？"),
    ("您好，请问有什么可以帮您？", "没事了，再见。 {}", "感谢您的来电，再见。"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """An archive, and the conversations that are in it."""

    folder: Path
    conversations: tuple[Conversation, ...]

    @property
    def shards(self) -> list[Path]:
        """The files of its transcripts."""
        return sorted((self.folder / "transcripts").rglob("*.parquet"))


def conversation(number: int) -> Conversation:
    """Return a short conversation, of which the customer says the number."""
    texts = [text.format(number) for text in SAID[number % len(SAID)]]
    sides = (AGENT, CUSTOMER, AGENT)
    turns = [Turn(place, sides[place], text) for place, text in enumerate(texts)]
    return Conversation(f"c-{number}", tuple(turns), agent="1001")


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin a group after a few rows, and a file after some more."""
    monkeypatch.setattr(archive_writing, "GROUP_ROWS", 10)
    monkeypatch.setattr(archive_writing, "FILE_ROWS", 50)


@pytest.fixture
def archived(tmp_path: Path, small_groups: None) -> Callable[..., Made]:
    """Return what makes an archive of so many conversations in each of two months."""
    del small_groups

    def made(count: int = 24) -> Made:
        folder, all_of_them = tmp_path / "archive", []
        for place, month in enumerate(("2026-09", "2026-10")):
            some = [conversation(count * place + number) for number in range(count)]
            all_of_them += some
            shelf = Shelf.of("huatong", month)
            archive_conversations(some, folder=folder, shelf=shelf, name="calls", sources=[month])
        return Made(folder, tuple(all_of_them))

    return made
