"""Pictures made byte by byte, with what cameras and mischief put into them."""

from __future__ import annotations

from zlib import compress, crc32


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    """Return a chunk of PNG."""
    return len(data).to_bytes(4) + kind + data + crc32(kind + data).to_bytes(4)


def png(width: int = 3, height: int = 2, *more: bytes) -> bytes:
    """Return a PNG of that size, with more chunks before its pixels."""
    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x00\x00\x00\x00"
    rows = compress(b"".join(b"\x00" + bytes(min(width, 9)) for _ in range(min(height, 9))))
    body = chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND")
    return b"\x89PNG\r\n\x1a\n" + body


def segment(marker: int, data: bytes) -> bytes:
    """Return a segment of JPEG."""
    return bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2) + data


def exif(orientation: int, order: str = "MM") -> bytes:
    """Return Exif that says which way is up, and where the picture was taken."""
    little = order == "II"

    def number(value: int, length: int) -> bytes:
        return value.to_bytes(length, "little" if little else "big")

    entries = [(0x0112, 3, 1, number(orientation, 2) + bytes(2)), (0x8825, 4, 1, number(99, 4))]
    table = b"".join(number(a, 2) + number(b, 2) + number(c, 4) + d for a, b, c, d in entries)
    tiff = order.encode() + number(42, 2) + number(8, 4) + number(len(entries), 2) + table
    return b"Exif\x00\x00" + tiff + b"GPS 31.23N 121.47E"


def jpeg(width: int = 4, height: int = 3, *more: bytes) -> bytes:
    """Return a JPEG of that size, with more segments before its picture."""
    frame = b"\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\x01\x01\x11\x00"
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + b"".join(more)
        + segment(0xDB, bytes(65))
        + segment(0xC0, frame)
        + segment(0xC4, bytes(20))
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + b"\x12\xff\x00\x34\xff\xd0\x56"
        + b"\xff\xd9"
    )


def gif(width: int = 5, height: int = 4, *more: bytes, frames: int = 1) -> bytes:
    """Return a GIF of that size, with more blocks before its frames."""
    screen = width.to_bytes(2, "little") + height.to_bytes(2, "little") + b"\x80\x00\x00"
    frame = (
        b"\x2c" + bytes(4) + width.to_bytes(2, "little") + height.to_bytes(2, "little") + b"\x00"
    )
    drawn = frame + b"\x02\x02\x4c\x01\x00"
    return b"GIF89a" + screen + bytes(6) + b"".join(more) + drawn * frames + b"\x3b"


def webp(width: int = 6, height: int = 5, *more: bytes) -> bytes:
    """Return a WebP of that size in the extended form, with more chunks."""
    notes = b"\x0c" if more else b"\x00"
    head = (
        notes
        + b"\x00\x00\x00"
        + (width - 1).to_bytes(3, "little")
        + (height - 1).to_bytes(3, "little")
    )
    lossless = b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little") + b"\x00"
    body = b"WEBP" + riff(b"VP8X", head) + riff(b"VP8L", lossless) + b"".join(more)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def riff(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of RIFF."""
    return kind + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
