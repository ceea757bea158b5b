"""A signature drawn with a finger: points in, a picture out that can do nothing else."""

from __future__ import annotations

import re

from rexian.cases.domain.refusals import BadSlip
from rexian.kernel.language import mark

WIDTH, HEIGHT = 600, 200
LONGEST = 40_000
_FEWEST = 8
_PATH = re.compile(r"(?:M-?\d{1,4} -?\d{1,4}(?:L-?\d{1,4} -?\d{1,4})*)+", re.ASCII)


def signature_svg(path: str) -> str:
    """Return a drawn signature as SVG; raise ``BadSlip`` for what is no drawing, or a mere dot.

    ``path`` are lines such as ``M10 20L30 40`` on a sheet of 600 by 200: nothing of it but numbers
    gets into the picture.
    """
    drawn = path.strip()
    if len(drawn) > LONGEST or not _PATH.fullmatch(drawn) or drawn.count("L") < _FEWEST:
        raise BadSlip(mark("Sign on the line, with more than a dot."), field="signature")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="{drawn}" fill="none" stroke="#111" stroke-width="4" stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>'
    )
