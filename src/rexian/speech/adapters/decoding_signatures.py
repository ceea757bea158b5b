"""Tell by its first bytes what a file is, so that FFmpeg is never asked to guess.

FFmpeg knows some three hundred formats, among them playlists that open other files and addresses.
Here a file is one of the few that hold recordings, or it is refused by the name of what it is.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder

from rexian.speech.domain.unreadable_sound import Fault, UnreadableSound

HEAD = 1 << 16
"""How many of its first bytes a file is told by."""

WAV, MP3, OGG, FLAC, MATROSKA, MP4 = "wav", "mp3", "ogg", "flac", "matroska", "mov"
"""The formats that are read, by the names of FFmpeg's demultiplexers."""

_READ = {b"OggS": OGG, b"fLaC": FLAC, b"\x1aE\xdf\xa3": MATROSKA}
_ATOMS = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_PLAYLISTS = (b"#extm3u", b"ffconcat", b"[playlist]", b"<asx", b"<?wpl", b"#extinf", b"[reference]")
_ARCHIVES = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!": "RAR",
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
}
_OTHER_SOUND = {
    b"#!AMR": "AMR",
    b"#!SILK": "SILK",
    b"\x02#!SILK": "SILK",
    b".snd": "AU",
    b"FORM": "AIFF",
    b"caff": "CAF",
    b"wvpk": "WavPack",
    b"MAC ": "Monkey's Audio",
    b"RIFX": "RIFX",
    b"riff": "Wave64",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11": "WMA",
    b"FLV": "FLV",
    b".RMF": "RealMedia",
    b"\x00\x00\x01\xba": "MPEG",
}
_OTHER_RIFF = {b"AVI ": "AVI", b"RMID": "MIDI", b"WEBP": "WebP", b"CDXA": "Video CD"}
_NO_SOUND = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\xd0\xcf\x11\xe0": "Office 97",
    b"SQLite format 3": "SQLite",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"


def format_of(head: bytes) -> str:
    """Return the format of the file that begins with ``head``; raises ``UnreadableSound``."""
    if not head:
        raise UnreadableSound(Fault.EMPTY)
    found = _container(head)
    if found is None:
        raise _refusal(head)
    return found


def _container(head: bytes) -> str | None:
    if head[:4] in {b"RIFF", b"RF64", b"BW64"} and head[8:12] in {b"WAVE", b""}:
        return WAV
    if head[4:8] in _ATOMS:
        return MP4
    padded = head.lstrip(b"\0")  # some encoders begin with zeros
    if padded.startswith(b"ID3") or _are_frames(padded):
        return MP3
    return _READ.get(head[:4])


def _refusal(head: bytes) -> UnreadableSound:
    if not head.strip(b"\0"):
        return UnreadableSound(Fault.ONLY_ZEROS)
    if head.startswith(b"PK\x03\x04"):
        locked = len(head) > 6 and head[6] & 1
        fault = Fault.LOCKED_ARCHIVE if locked else Fault.ARCHIVE
        return UnreadableSound(fault, kind="ZIP")
    if head[:4] == b"RIFF" and head[8:12] in _OTHER_RIFF:
        return UnreadableSound(Fault.OTHER_FORMAT, kind=_OTHER_RIFF[head[8:12]])
    for kinds, fault in (
        (_ARCHIVES, Fault.ARCHIVE),
        (_OTHER_SOUND, Fault.OTHER_FORMAT),
        (_NO_SOUND, Fault.NOT_SOUND),
    ):
        for signature, kind in kinds.items():
            if head.startswith(signature):
                return UnreadableSound(fault, kind=kind)
    if _is_adts(head):
        return UnreadableSound(Fault.OTHER_FORMAT, kind="AAC (ADTS)")
    if is_text(head):
        listed = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PLAYLISTS)
        return UnreadableSound(Fault.PLAYLIST if listed else Fault.TEXT)
    return UnreadableSound(Fault.NO_HEADER)


def is_text(head: bytes) -> bool:
    """Tell whether ``head`` is writing in any encoding that a recording might be mistaken for."""
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _decodes(head, "utf-16")
    if head.translate(None, _CONTROLS) != head:
        return False
    return _decodes(head, "utf-8") or _decodes(head, "gb18030")


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


_BIT_RATES = {
    1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_LAYER_3 = 1


def _are_frames(head: bytes) -> bool:
    """Tell whether an MP3 frame begins here, and another one behind it, as far as one can see."""
    length = _frame(head[:4])
    following = head[length : length + 4] if length else b""
    return bool(length) and (len(following) < 4 or _frame(following) > 0)


def _frame(header: bytes) -> int:
    """Return the length of the frame of MPEG layer 3 with this header, 0 where it is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bits, rate = header[2] >> 4, header[2] >> 2 & 3
    if version not in _RATES or layer != _LAYER_3 or bits in {0, 15} or rate == 3:
        return 0
    first = version == 3
    bit_rate = _BIT_RATES[1 if first else 2][bits - 1] * 1000
    return (144 if first else 72) * bit_rate // _RATES[version][rate] + (header[2] >> 1 & 1)


def _is_adts(head: bytes) -> bool:
    return len(head) > 6 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0
