"""Read a place out of free words, against the organisation's list of roads.

杭瑞往临川方向123公里多一点，刚过柳村站 becomes the road, the direction, a rough stake and the point
that was passed. What is read, from which words, and what of it is uncertain is told; nothing is
refused.
"""

from rexian.places.domain.reading.hearing import Recognised
from rexian.places.domain.reading.words import (
    EDITABLE,
    LONGEST_READ,
    Reading,
    read_parts,
    read_place,
)

__all__ = ["EDITABLE", "LONGEST_READ", "Reading", "Recognised", "read_parts", "read_place"]
