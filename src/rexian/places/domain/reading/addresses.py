"""Find addresses, customer and meter numbers in what somebody says."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_ADDRESS = 80

_CLAUSE = re.compile(r"[^，。,;；!！?？\n]+")
_LEAD = re.compile(r"^.*(?:[住位]?在|地址[是为]?:?|住|我家是?|我们是|这里是|这边是|[是于:：]) *")
_DISTRICT = re.compile(
    r"(?:[一-龥]{2,6}?省)?(?:[一-龥]{2,6}?市)?(?:[一-龥]{1,6}?[县旗]|[一-龥]{1,6}?区)?"
)
_STREET = re.compile(
    r"[一-龥a-z0-9]{1,12}?"
    r"(?:大道|大街|路|街|巷|弄|胡同|村|小区|花园|家园|公寓|苑|广场|大厦|镇|乡)"
)
_EXACT = re.compile(r"[0-9一二三四五六七八九十百]+ ?(?:号|弄|栋|幢|单元|楼|室|座|组|队)")
_NO_DISTRICT = ("服务区", "停车区", "小区", "园区")
_NUMBER = r"[a-z]{0,3}-?[0-9][0-9a-z-]{3,19}"
_JOINT = r"[是为:： ]{0,3}"
_CUSTOMER = re.compile(
    rf"(?:户号|(?:客户|用户)(?:编号|号码|号)|缴费号|卡号){_JOINT}(?P<number>{_NUMBER})"
)
_METER = re.compile(rf"(?:[水电气]表|表具|表)(?:编号|号码|号){_JOINT}(?P<number>{_NUMBER})")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where in a text something stands."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AddressSaid:
    """An address, of a district, of a street, or of both; what is not said is ``None``."""

    district: Stretch | None
    street: Stretch | None


def find_customer_number(folded: str) -> Stretch | None:
    """Return where the number stands under which somebody is a customer, if it is called so."""
    return _number(_CUSTOMER, folded)


def find_meter_number(folded: str) -> Stretch | None:
    """Return where the number of a meter stands, if it is called so."""
    return _number(_METER, folded)


def find_address(folded: str) -> AddressSaid | None:
    """Return the first address: a district with a street, or a street with a number.

    A street alone (我在路上) is none.
    """
    for clause in _CLAUSE.finditer(folded):
        if found := _address_in(clause[0], clause.start()):
            return found
    return None


def _address_in(clause: str, offset: int) -> AddressSaid | None:
    lead = _LEAD.match(clause)
    begin = lead.end() if lead else len(clause) - len(clause.lstrip())
    match = _DISTRICT.match(clause, begin)
    end = match.end() if match else begin
    if clause[begin:end].endswith(_NO_DISTRICT):
        end = begin
    has_district = end > begin
    district = Stretch(offset + begin, offset + end) if has_district else None
    street = _STREET.match(clause, end)
    if street and (has_district or _EXACT.search(clause, end)):
        last = min(len(clause.rstrip()), end + LONGEST_ADDRESS)
        return AddressSaid(district, Stretch(offset + end, offset + last))
    is_whole = has_district and not clause[end:].strip(" 的里")
    return AddressSaid(district, None) if is_whole else None


def _number(pattern: re.Pattern[str], folded: str) -> Stretch | None:
    match = pattern.search(folded)
    return Stretch(*match.span("number")) if match else None
