"""Buckets and servers that fsspec knows: s3, gs, abfs, oss, sftp, ftp, smb, webhdfs, memory and more."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

import fsspec
import httpcore

from tasks.errors import RefusedDownloadError, SourceDownError, UnreadableFileError, UsageError
from tasks.records import Found
from tasks.sources.addresses import is_url
from tasks.sources.config import Source
from tasks.sources.connect import Time, checked_addresses
from tasks.sources.discover import is_candidate, is_sidecar

PACKAGES: Final = {
    "s3": "jianbao[s3]",
    "s3a": "jianbao[s3]",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "abfs": "adlfs",
    "az": "adlfs",
    "oss": "ossfs",
    "tos": "tosfs",
    "oci": "ocifs",
    "sftp": "paramiko",
    "ssh": "paramiko",
    "smb": "smbprotocol",
    "webdav": "webdav4",
    "hdfs": "pyarrow",
    "webhdfs": "requests",
    "ftp": "fsspec",
    "memory": "fsspec",
}
"""The schemes that are read, each with the package that it takes. fsspec knows more: folders of this machine by another
name, wrappers round others, archives, code that is run."""
_MACHINES: Final = frozenset({"endpoint_url", "endpoint", "host", "base_url"})
"""Options that name a machine."""
_HOSTS: Final = frozenset({"sftp", "ssh", "smb", "webdav", "webhdfs", "hdfs", "ftp"})
"""Schemes with the name of a machine in the address; in others it is that of a bucket."""
_STRONG: Final = ("ETag", "etag", "md5Hash", "content_md5", "md5", "crc32c", "checksum", "generation")
"""What a listing may tell of the content itself."""
_DATED: Final = ("LastModified", "last_modified", "mtime", "modify", "updated", "modificationTime", "created")
_PIECE_BYTES: Final = 1 << 20


class Bucket:
    """A source that fsspec reads."""

    def __init__(self, source: Source, clock: Time) -> None:
        self._source, self._clock = source, clock
        self._files, self._root = _opened(source)

    def listed(self) -> Iterator[Found]:
        """Every file of the source, sorted by path, sidecars included. Raises `SourceDownError`."""
        try:
            found = self._files.find(self._root, detail=True)
        except FileNotFoundError as error:
            raise self._down("there is no such place") from error
        except Exception as error:  # each service has errors of its own
            raise self._down(self._reason(error)) from error
        if not found:
            raise self._down("nothing lies there")
        wanted = re.compile(self._source.settings.documents) if self._source.settings.documents else None
        for path, about in sorted(found.items()):
            name = PurePosixPath(path).name
            hidden = any(part.startswith(".") for part in PurePosixPath(self._inner(path)).parts[:-1])
            if about.get("type") == "directory" or hidden or not (is_candidate(name) or is_sidecar(name)):
                continue
            if wanted is None or wanted.search(path) or is_sidecar(name):
                yield self._found(path, about)

    def fetch(self, found: Found, sink: BinaryIO) -> None:
        """Copy a file into a sink. Raises `SourceDownError`, `UnreadableFileError`, and `RefusedDownloadError`."""
        most = self._source.settings.most_megabytes << 20
        end = self._clock.now() + self._source.settings.most_seconds
        size = 0
        try:
            with self._files.open(found.address, "rb") as handle:
                while piece := handle.read(_PIECE_BYTES):
                    size += len(piece)
                    if size > most or self._clock.now() > end:
                        break
                    sink.write(piece)
        except (FileNotFoundError, PermissionError) as error:
            raise UnreadableFileError(
                f"{found.source_uri}: it is listed and cannot be read ({self._reason(error)}). It is tried again later."
            ) from error
        except Exception as error:  # the same
            raise self._down(self._reason(error)) from error
        if size > most:
            raise RefusedDownloadError(
                f"{found.source_uri}: it is larger than {most >> 20} MiB, the most that is taken from this source "
                "(most_megabytes in sources.yml)."
            )
        if self._clock.now() > end:
            raise self._down(f"{found.source_uri} was not whole after {self._source.settings.most_seconds:g} s")

    def _found(self, path: str, about: Mapping[str, Any]) -> Found:
        place, inner = self._source.shown(self._source.settings.url).rstrip("/"), self._inner(path)
        strong = next((about[name] for name in _STRONG if about.get(name)), None)
        dated = next((about[name] for name in _DATED if about.get(name)), None)
        size = about.get("size")
        known = [str(part) for part in (size, strong if strong is not None else dated) if part is not None]
        return Found(
            f"{place}/{inner}" if inner else place,
            PurePosixPath(path).name,
            " ".join(known) if strong is not None or dated is not None else None,
            weak=strong is None,
            source=self._source.name,
            address=path,
        )

    def _inner(self, path: str) -> str:
        return path.removeprefix(self._root).lstrip("/")

    def _down(self, why: str) -> SourceDownError:
        return SourceDownError(f"{self._source.shown(self._source.settings.url)}: {why}. The next run tries again.")

    def _reason(self, error: Exception) -> str:
        return self._source.masked(" ".join(str(error).split())) or type(error).__name__


def _opened(source: Source) -> tuple[Any, str]:
    settings = source.settings
    place = source.shown(settings.url)
    check_scheme(source)
    _check_machines(source)
    try:
        files, root = fsspec.url_to_fs(
            settings.url, use_listings_cache=False, skip_instance_cache=True, **_plain(settings.options)
        )
    except Exception as error:  # each service has errors of its own
        reason = source.masked(" ".join(str(error).split()))
        raise SourceDownError(f"{place}: it cannot be opened ({reason}). Are the options right?") from error
    return files, str(root)


def check_scheme(source: Source) -> None:
    """Whether there is somebody to read a source. UsageError names the package that is missing."""
    scheme, place = source.scheme, source.shown(source.settings.url)
    if "::" in source.settings.url or scheme not in PACKAGES:
        raise UsageError(f"{place}: {scheme}:// is no source that jianbao reads. Name a folder, a web page, or s3://…")
    try:
        fsspec.get_filesystem_class(scheme)
    except ImportError as error:
        raise UsageError(
            f"{place}: reading {scheme}:// takes a package that is not installed: pip install '{PACKAGES[scheme]}'"
        ) from error


def _check_machines(source: Source) -> None:
    """Whether the machines that a source names may be asked; the libraries connect by themselves."""
    named = [value for key, value in _options(source.settings.options) if key in _MACHINES and isinstance(value, str)]
    if source.scheme in _HOSTS:
        named.append(source.settings.url)
    for machine in named:
        host = urlsplit(machine if is_url(machine) else f"//{machine}").hostname
        if host:
            try:
                checked_addresses(host, None, private=source.settings.private)
            except httpcore.ConnectError as error:
                raise SourceDownError(
                    f"{source.shown(source.settings.url)}: {error}. The next run tries again."
                ) from error


def _options(options: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in options.items():
        if isinstance(value, Mapping):
            yield from _options(value)
        else:
            yield key, value


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value that YAML has
    return {key: _plain(one) for key, one in value.items()} if isinstance(value, Mapping) else value
