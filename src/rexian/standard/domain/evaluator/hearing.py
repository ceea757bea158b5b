"""Read words by their sound: an agent's that would be found wanting, and what opens an occasion."""

from __future__ import annotations

from dataclasses import dataclass

from rexian.kernel.text.sounds import sound
from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.language.acts import ActBook
from rexian.standard.domain.language.reading import Reader, bits


@dataclass(slots=True)
class SoundReading:
    """Reads utterances by their sound for the acts ``wanted``, with a reader built on first use."""

    book: ActBook
    wanted: int
    reader: Reader | None = None

    def mask(self, item: Item) -> int:
        """Return the acts of a turn as it sounds, kept on the item."""
        if item.sound_mask is None:
            item.sound_mask = self.read(item)
        return item.sound_mask

    def read(self, item: Item) -> int:
        """Return the acts of a turn as it sounds."""
        if self.reader is None:
            self.reader = self.book.reader(bits(self.wanted), sound)
        return self.reader.read(item.folded, sounded=sound(item.folded)).mask
