"""Write the table of traditional characters and their simplified forms that the kernel folds by.

By hand, when OpenCC has a new release:
``uv run --with opencc scripts/make_character_tables.py``.
"""

from __future__ import annotations

from pathlib import Path

import opencc

RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
TARGET = Path(__file__).parents[1] / "src/rexian/kernel/text/traditional.txt"


def main() -> None:
    """Convert every Chinese character alone and keep those that change, one to one."""
    converter = opencc.OpenCC("t2s")
    pairs = []
    for first, last in RANGES:
        for point in range(first, last + 1):
            character = chr(point)
            simplified = converter.convert(character)
            if simplified != character and len(simplified) == 1:
                pairs.append((character, simplified))
    traditional = "".join(a for a, _ in pairs)
    simplified = "".join(b for _, b in pairs)
    TARGET.write_text(f"{traditional}\n{simplified}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
