"""Addresses: what of them may be seen, and which machines may be asked."""

import ipaddress
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

_URL: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SECRET_PARAMETER: Final = re.compile(
    r"(?i)(?:^|[-_.])(?:key|keyid|accesskeyid|apikey|secret|token|sig|signature|password|passwd|pwd|credential|auth|"
    r"session|ticket)$|^x-amz-|^x-goog-|^se$|^sp$|^sv$"
)
_HIDDEN: Final = "…"
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_url(word: str) -> bool:
    """Whether a word is an address and no path."""
    return _URL.match(word) is not None


def scheme_of(word: str) -> str:
    """The scheme of an address in small letters; empty for a path."""
    match = _URL.match(word)
    return match[1].lower() if match else ""


def file_name_of(url: str) -> str:
    """The name that the last part of an address gives a file."""
    parts = urlsplit(url)
    name = PurePosixPath(unquote(parts.path)).name or parts.hostname or url
    return "".join(char if char.isprintable() and char not in "/\\" else "_" for char in name)


def split_secrets(url: str) -> tuple[str, ...]:
    """What is secret in an address: user and password, and parameters that are called so."""
    parts = urlsplit(url)
    found = [parts.netloc.rpartition("@")[0]] if "@" in parts.netloc else []
    found += [value for name, value in parse_qsl(parts.query) if value and _SECRET_PARAMETER.search(name)]
    return tuple(filter(None, found))


def shown(url: str, secrets: Sequence[str] = ()) -> str:
    """An address as it may be seen: in tables, logs, messages."""
    parts = urlsplit(url)
    pieces = [piece.partition("=") for piece in parts.query.split("&")] if parts.query else []
    query = "&".join(f"{n}={_HIDDEN}" if _SECRET_PARAMETER.search(unquote(n)) else f"{n}{eq}{v}" for n, eq, v in pieces)
    return masked(urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, "")), secrets)


def masked(words: str, secrets: Sequence[str]) -> str:
    """Words without the secrets."""
    for secret in sorted(secrets, key=len, reverse=True):
        words = words.replace(secret, _HIDDEN)
    return words


def may_be_asked(address: str, *, private: bool) -> bool:
    """Whether a machine may be asked by its IP address; `private`: also one of the own network, or this one.

    An address that another one is wrapped in counts as that one. Link-local addresses, behind which clouds keep the
    credentials of a machine, and those that are no single machine's are never asked.
    """
    ip = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    if ip.is_multicast or ip.is_unspecified or ip.is_link_local or (ip.is_reserved and not ip.is_loopback):
        return False
    return ip.is_global or (private and (ip.is_private or ip.is_loopback))


def _unwrapped(ip: Address) -> Address:
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        return inner or ip
    return ip
