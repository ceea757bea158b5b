"""Read an agent's words by their sound, only when they would be found wanting."""

from __future__ import annotations

from dataclasses import dataclass

from rexian.kernel.text.sounds import sound
from rexian.standard.domain.evaluator.state import Item, State
from rexian.standard.domain.language.acts import ActBook, Reader


@dataclass(slots=True)
class SoundReading:
    """Reads an agent's utterance by its sound; the reader is built when first wanted."""

    book: ActBook
    wanted: int
    reader: Reader | None = None

    def mask(self, item: Item, state: State) -> int:
        """Return the acts of a turn as it sounds, kept on the item."""
        if item.sound_mask is None:
            if self.reader is None:
                self.reader = self.book.reader(sound)
            heard = self.reader.read(
                item.folded, state.customer_pairs, self.wanted, sound(item.folded)
            )
            item.sound_mask = heard.mask
        return item.sound_mask
