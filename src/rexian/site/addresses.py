"""The address that a server listens at, ours alone from the first moment."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark
from rexian.site.setup import is_loopback


class PortBusy(Conflict):
    """Another program listens there already (409)."""

    code = "port-busy"


class NoSuchAddress(Invalid):
    """The machine has no such address, or may not use that port (422)."""

    code = "no-such-address"


@dataclass(frozen=True, slots=True)
class Address:
    """A host, by name or number, and a port."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """What one writes into a browser on this machine."""
        host = "localhost" if self.is_private or is_anywhere(self.host) else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_private(self) -> bool:
        """Tell whether only this machine reaches it."""
        return is_loopback(self.host)


async def listening(address: Address) -> bool:
    """Tell whether a connection to the address is accepted."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address.host, address.host)  # noqa: S104
    try:
        _, writer = await asyncio.open_connection(host, address.port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


def is_anywhere(host: str) -> bool:
    """Tell whether ``host`` stands for every address of this machine."""
    return host in {"0.0.0.0", "::"}  # noqa: S104 - only compared


@contextmanager
def reserved(address: Address) -> Iterator[Address]:
    """Keep the address for us while we prepare; raise ``PortBusy`` where another has it.

    Yields the address with the host as a number, which is what the server understands.

    The server opens its socket in a way that lets several share a port, and would share ours with
    a second server without a word. So we look first in a way that does not share, and then hold
    the port without listening.
    """
    family, place = _resolved(address)
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _bind(probe, place, address)
    with socket.socket(family, socket.SOCK_STREAM) as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        _bind(holder, place, address)
        yield Address(place[0], address.port)


def _resolved(address: Address) -> tuple[int, tuple[Any, ...]]:
    try:
        found = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except OSError as error:
        raise _unusable(address, error) from None
    family, _, _, _, place = found[0]
    return family, place


def _bind(one: socket.socket, place: tuple[Any, ...], address: Address) -> None:
    try:
        one.bind(place)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortBusy(
                mark("Port {port} is taken by another program; --port chooses one."),
                port=address.port,
            ) from None
        raise _unusable(address, error) from None


def _unusable(address: Address, error: OSError) -> NoSuchAddress:
    return NoSuchAddress(
        mark("{host} port {port} cannot be listened at: {reason}."),
        host=address.host,
        port=address.port,
        reason=error.strerror,
    )
