"""How often an address may try what guessing needs: a bucket of tries that fills again with time."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Address, ip_address, ip_network
from threading import Lock

_KEPT = 10_000  # addresses; the one that was quiet longest is forgotten first


def network_of(address: str) -> str:
    """What one caller is counted by: of an IPv6 address the network, all of whose addresses one machine may use."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


@dataclass
class Bucket:
    """`size` tries at once, and `size` more for every `seconds`. Of one process: several processes let more through."""

    size: int
    seconds: float
    _left: OrderedDict[str, tuple[float, datetime]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def lets(self, key: str, now: datetime) -> bool:
        """Whether another try is let through; it counts either way."""
        with self._lock:
            left, then = self._left.pop(key, (float(self.size), now))
            left = min(self.size, left + (now - then).total_seconds() * self.size / self.seconds)
            self._left[key] = (max(left - 1, 0.0), now)
            if len(self._left) > _KEPT:
                self._left.popitem(last=False)
            return left >= 1
