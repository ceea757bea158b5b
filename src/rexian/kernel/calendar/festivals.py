"""The public holidays of China by their names, which files of holidays write in Chinese."""

from __future__ import annotations

from rexian.kernel.language import mark, translate

_JOINED = "、"

_FESTIVALS = {
    "元旦": mark("New Year's Day"),
    "春节": mark("Spring Festival"),
    "清明节": mark("Tomb-Sweeping Day"),
    "劳动节": mark("Labour Day"),
    "端午节": mark("Dragon Boat Festival"),
    "中秋节": mark("Mid-Autumn Festival"),
    "国庆节": mark("National Day"),
    "抗战胜利纪念日": mark("Victory Day"),
}


def festival(name: str, language: str) -> str:
    """Return a holiday's name in ``language``; a name that is none of China's stays as it is."""
    parts = name.split(_JOINED)
    if not all(part in _FESTIVALS for part in parts):
        return name
    joint = _JOINED if language.startswith("zh") else ", "
    return joint.join(translate(_FESTIVALS[part], language) for part in parts)
