"""Where somebody signs in from: an address and a browser, believed only as far as is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who asks: an address, a browser in a word or two, whether it is this computer itself."""

    address: str
    browser: str = ""
    is_here: bool = False


def client_address(remote: str, forwarded_for: str, proxies: Sequence[str]) -> str:
    """Return the address that a request came from.

    ``forwarded_for`` is what proxies have said on the way, the nearest last. It is believed as far
    back as the proxies are ours; what somebody else's wrote before may be invented.
    """
    told = [one.strip() for one in forwarded_for.split(",") if one.strip()]
    nearest = remote
    while told and _is_one_of(nearest, proxies) and _address(told[-1]):
        nearest = told.pop()
    return str(_address(nearest) or "")


def is_this_computer(address: str, *, public_host: str, was_forwarded: bool) -> bool:
    """Tell whether somebody sits at the computer that the server runs on.

    Behind a proxy on the same computer everybody would look like that: so nobody does who came
    through one, or where the server is known under a name that others can reach.
    """
    return not was_forwarded and _is_loopback(address) and _is_loopback_name(public_host)


def _is_loopback_name(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost") or _is_loopback(host)


def _is_loopback(text: str) -> bool:
    address = _address(text)
    return address is not None and address.is_loopback


def _is_one_of(text: str, networks: Sequence[str]) -> bool:
    address = _address(text)
    return address is not None and any(address in ip_network(one) for one in networks)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("QQBrowser", "QQ"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """Return what a browser calls itself, in a word or two: ``Firefox, Windows``."""
    found = (
        next((name for sign, name in signs if sign in user_agent), "")
        for signs in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(one for one in found if one)
