"""Where the issues of a run come from: what each source offers, what of it is known, and the bytes of the rest."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

from tasks.errors import ArchiveError, DocumentError, SourceDownError, TerminalError, UnreadableFileError, UsageError
from tasks.records import Fetched, Found, FoundIssue, IssueFiles
from tasks.sources.addresses import is_url
from tasks.sources.archive import MEMBER_MARK
from tasks.sources.buckets import Bucket, check_scheme
from tasks.sources.config import Lookup, Source, SourceSettings, environment, named, read_sources
from tasks.sources.connect import Time
from tasks.sources.discover import discover, is_candidate, is_sidecar, named_path
from tasks.sources.fetch import (
    draft_in,
    fetched,
    hash_of_draft,
    identify,
    is_archive,
    keep,
    members_of,
    raw_path,
    unpack,
)
from tasks.sources.group import issues_of
from tasks.sources.listing import listed
from tasks.sources.seen import Entry, Seen, remembered
from tasks.sources.web import Web
from warehouse.errors import HomeFileError
from warehouse.home import Home

_WEB: Final = frozenset({"http", "https"})
_DAY_SECONDS: Final = 86_400.0
_MOST_FAILURES: Final = 5
"""Documents of a source that fail one after the other, before the rest is left for the next run."""

_log = logging.getLogger("jianbao.sources")


@dataclass(frozen=True, slots=True)
class Down:
    """A source that could not be asked, and why."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What the sources offer, sorted by what is known of the bytes.

    `files`: they are known; `pending`: they have to be fetched; `waiting`: they could not be fetched lately, and are
    left alone for a while; `failed`: they cannot be read, and why; `later`: more than a run fetches, for the next one.
    """

    files: tuple[IssueFiles, ...]
    pending: tuple[FoundIssue, ...]
    waiting: tuple[FoundIssue, ...]
    failed: tuple[tuple[FoundIssue | IssueFiles, DocumentError], ...]
    later: tuple[FoundIssue, ...] = ()


@dataclass(slots=True)
class _Looked:
    """What was found, file by file: the bytes that are known, what cannot be read, and what is left alone."""

    files: list[Found] = field(default_factory=list)
    sidecars: list[Found] = field(default_factory=list)
    bytes_of: dict[str, Fetched] = field(default_factory=dict)
    errors: dict[str, DocumentError] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    failed: list[tuple[FoundIssue | IssueFiles, DocumentError]] = field(default_factory=list)

    def add(self, found: Found, *, is_listed: bool) -> None:
        """One more file, or a sidecar among files that a source lists; on this machine those are looked for."""
        (self.sidecars if is_listed and is_sidecar(found.file_name) else self.files).append(found)


class Origins:
    """The sources of one run; `opened_origins` makes it. `down` tells which of them could not be asked."""

    def __init__(self, home: Home, seen: Seen, lookup: Lookup, clock: Time, stack: ExitStack, *, full: bool) -> None:
        self._home, self._seen, self._lookup, self._clock, self._stack = home, seen, lookup, clock, stack
        self._full = full
        self._settings: Mapping[str, SourceSettings] = {}
        self._sources: dict[str, Source] = {}
        self._open: dict[str, Web | Bucket] = {}
        self._remembered: Mapping[str, Entry] = {}
        self._known: dict[str, Entry] = {}
        self._due: set[str] = set()
        self._failures: dict[str, int] = defaultdict(int)
        self._given_up: dict[str, DocumentError] = {}
        self._down: dict[str, Down] = {}

    @property
    def down(self) -> tuple[Down, ...]:
        """The sources that could not be asked so far."""
        return tuple(self._down.values())

    def scan(self, words: Sequence[str], refused: frozenset[str] = frozenset()) -> Scan:
        """What the sources offer that the words name; without one the inbox and all that are configured and enabled.

        `refused` are the hashes of files that need not be looked into. Raises UsageError for a word that names nothing,
        and HomeFileError for a sources.yml that cannot be used. A source that is down is noted, and the others go on.
        """
        self._settings = read_sources(self._home)
        by_place: dict[str, Found] = {}
        for name, word in self._chosen(words):
            for found in self._offered(name, word):
                by_place.setdefault(found.source_uri, found)
        offered = list(by_place.values())
        # All at once: a hundred thousand single questions would take longer than the listing.
        self._remembered = {} if self._full else self._seen.entries()
        self._choose_due(offered)
        # What somebody names is tried at once, however often it has failed, and as a whole.
        scan = self._sorted(offered, refused, patient=bool(words))
        return scan if words else self._portion(scan)

    def fetch(self, issue: FoundIssue) -> Scan:
        """Fetch the files of an issue into the raw store; several issues when it was an archive of them.

        Raises a DocumentError when one cannot be had; what was fetched before is known, and is not fetched again.
        """
        if issue.source_uri in self._given_up:
            raise self._given_up[issue.source_uri]
        for found in (*issue.files, issue.sidecar):
            if found is not None and found.source is not None:
                self._download(found)
        return self._sorted([*issue.files, *([issue.sidecar] if issue.sidecar else [])], frozenset(), patient=True)

    def is_down(self, issue: FoundIssue) -> bool:
        """Whether an issue's source was found to be down in this run."""
        return any(found.source in self._down for found in issue.files)

    def give_up(self, issue: FoundIssue, error: DocumentError) -> bool:
        """Note that an issue could not be fetched, for this run; whether it is to blame, and not its source."""
        if issue.source_uri in self._given_up:
            return True
        name = issue.files[0].source or ""
        self._failures[name] += 1
        if isinstance(error, SourceDownError) or self._failures[name] >= _MOST_FAILURES:
            self._note_down(name, error)
            if isinstance(error, SourceDownError):
                return False
        self._given_up[issue.source_uri] = error
        for found in issue.files:
            if found.source_uri not in self._known:
                self._seen.failed(found.source_uri, self._clock.now())
        return True

    def _portion(self, scan: Scan) -> Scan:
        """What one run fetches: a long list must not keep the inbox waiting for hours. New issues come first."""
        left = {name: source.settings.documents_a_run for name, source in self._sources.items()}
        now: list[FoundIssue] = []
        later: list[FoundIssue] = []
        for issue in sorted(scan.pending, key=lambda issue: issue.source_uri in self._due):
            name = str(issue.files[0].source)
            is_next = left.get(name, 1) > 0
            (now if is_next else later).append(issue)
            left[name] = left.get(name, 1) - len(issue.files)
        return replace(scan, pending=tuple(now), later=tuple(later))

    def _chosen(self, words: Sequence[str]) -> list[tuple[str | None, str]]:
        """Name (None for the inbox and for paths that somebody names) and word of each source."""
        if words:
            return [(None, word) for word in words]
        configured = [(name, name) for name, settings in self._settings.items() if settings.enabled]
        return [(None, str(self._home.inbox)), *configured]

    def _offered(self, name: str | None, word: str) -> Iterator[Found]:
        try:
            source = named(word, self._home, self._settings, self._lookup)
            self._sources[source.name] = source
            if not source.scheme:
                yield from discover([str(self._path(source))], self._home, self._clock.now())
            elif source.scheme in _WEB:
                yield from listed(source, self._web(source), self._seen, self._clock.now, full=self._full)
            else:
                yield from self._bucket(source).listed()
        except (UsageError, HomeFileError) as error:
            if name is None:
                raise
            self._note_down(name, error)
        except DocumentError as error:
            self._note_down(source.name, error)

    def _path(self, source: Source) -> Path:
        """Where a folder is: one that is configured may be named as seen from the home."""
        if source.is_configured:
            return self._home.root / Path(source.settings.url).expanduser()
        return named_path(source.settings.url)

    def _note_down(self, name: str, error: Exception) -> None:
        if name not in self._down:
            self._down[name] = Down(name, str(error))
            _log.warning("the source %s cannot be asked: %s", name, error)

    def _web(self, source: Source) -> Web:
        web = self._open.get(source.name)
        if not isinstance(web, Web):
            web = self._open[source.name] = self._stack.enter_context(Web(source, self._seen, self._clock))
        return web

    def _bucket(self, source: Source) -> Bucket:
        bucket = self._open.get(source.name)
        if not isinstance(bucket, Bucket):
            bucket = self._open[source.name] = Bucket(source, self._clock)
        return bucket

    def _choose_due(self, offered: Iterable[Found]) -> None:
        """Of what is known by a weak shape, those that were not looked at for longest are looked at again."""
        stale: dict[str, list[tuple[float, str]]] = defaultdict(list)
        now = self._clock.now()
        for found in offered:
            if found.weak and found.source is not None and (entry := self._remembered.get(found.source_uri)):
                days = self._sources[found.source].settings.recheck_days
                if entry.sha256 and now - entry.checked_at >= days * _DAY_SECONDS and (entry.retry_at or 0) <= now:
                    stale[found.source].append((entry.checked_at, found.source_uri))
        for name, entries in stale.items():
            most = self._sources[name].settings.rechecks_a_run
            self._due.update(uri for _, uri in sorted(entries)[:most])

    def _sorted(self, offered: Sequence[Found], refused: frozenset[str], *, patient: bool) -> Scan:
        looked = _Looked()
        for found in offered:
            try:
                self._look_at(found, looked, refused, patient=patient)
            except DocumentError as error:
                looked.errors[found.source_uri] = error
        known: list[IssueFiles] = []
        pending: list[FoundIssue] = []
        waiting: list[FoundIssue] = []
        for issue in issues_of(looked.files, self._home, looked.sidecars):
            uris = [found.source_uri for found in issue.files]
            broken = next((looked.errors[uri] for uri in uris if uri in looked.errors), None)
            try:
                whole = None if broken else self._whole(issue, looked.bytes_of)
            except DocumentError as error:
                broken, whole = error, None
            if broken is not None:
                looked.failed.append((issue, broken))
            elif whole is not None:
                known.append(whole)
            else:
                (pending if looked.waiting.isdisjoint(uris) else waiting).append(issue)
        return Scan(tuple(known), tuple(pending), tuple(waiting), tuple(looked.failed))

    def _look_at(self, found: Found, looked: "_Looked", refused: frozenset[str], *, patient: bool) -> None:
        looked.add(found, is_listed=found.source is not None)
        entry = self._entry(found)
        if entry is None or found.source_uri in self._due:
            return
        if entry.sha256 is None:
            if not patient and (entry.retry_at or 0) > self._clock.now():
                looked.waiting.add(found.source_uri)
            return
        file = fetched(found, entry.sha256, entry.byte_size)
        looked.bytes_of[found.source_uri] = file
        if entry.members is None or entry.sha256 in refused or is_sidecar(found.file_name):
            return
        looked.files.pop()
        try:
            inner = self._members(found, entry)
        except DocumentError as error:
            looked.failed.append((IssueFiles(found.file_name, (file,)), error))
            return
        for one in inner:
            looked.add(Found(one.source_uri, one.file_name), is_listed=True)
            looked.bytes_of[one.source_uri] = one

    def _whole(self, issue: FoundIssue, bytes_of: dict[str, Fetched]) -> IssueFiles | None:
        """The issue with its bytes; None when one of them has to be fetched first."""
        if any(found.source_uri not in bytes_of for found in issue.files):
            return None
        sidecar = None
        if issue.sidecar is not None:
            sidecar = bytes_of.get(issue.sidecar.source_uri)
            if sidecar is None and is_url(issue.sidecar.source_uri):
                return None
            sidecar = sidecar or identify(issue.sidecar, self._home)
        return IssueFiles(issue.name, tuple(bytes_of[found.source_uri] for found in issue.files), sidecar)

    def _entry(self, found: Found) -> Entry | None:
        """What is known of a file's bytes, looking into it if it is on this machine; None: it has to be fetched."""
        entry = self._known.get(found.source_uri)
        if entry is not None:
            return entry
        entry = self._remembered.get(found.source_uri)
        if found.source is None:
            if entry is None or found.shape is None or entry.shape != found.shape:
                entry = self._looked_at(found)
        elif entry is not None and entry.sha256 is not None and found.shape != entry.shape:
            return None
        if entry is not None and entry.sha256 is not None:
            self._known[found.source_uri] = entry
        return entry

    def _looked_at(self, found: Found) -> Entry:
        file = identify(found, self._home)
        packed = is_archive(self._home.root / found.source_uri, found.source_uri)
        entry = Entry(found.shape, file.sha256, file.byte_size, self._clock.now(), members=() if packed else None)
        if found.shape is not None:
            self._seen.put(found.source_uri, entry)
        return entry

    def _members(self, found: Found, entry: Entry) -> list[Fetched]:
        """The files of an archive that could be issues, and their sidecars."""
        assert entry.sha256 is not None
        path = self._home.root / (found.source_uri if found.source is None else raw_path(entry.sha256))
        members = entry.members or members_of(path, found.source_uri)
        if not entry.members:
            entry = self._known[found.source_uri] = replace(entry, members=members)
            if found.shape is not None or found.source is not None:
                self._seen.put(found.source_uri, entry)
        inner = []
        for one in members:
            parts = PurePosixPath(one.name).parts
            hidden = any(part.startswith((".", "__MACOSX")) for part in parts[:-1])
            if not hidden and (is_candidate(parts[-1]) or is_sidecar(parts[-1])):
                place = Found(f"{found.source_uri}{MEMBER_MARK}{one.name}", parts[-1])
                inner.append(fetched(place, one.sha256, one.byte_size))
        if not inner:
            raise ArchiveError(f"{found.source_uri}: there is no file in this archive that could be an issue.")
        return inner

    def _download(self, found: Found) -> None:
        known = self._known.get(found.source_uri)
        if known is not None and found.source_uri not in self._due:
            return
        before = None if self._full else self._seen.entry(found.source_uri)
        try:
            entry = self._downloaded(found, before)
        except (TerminalError, UnreadableFileError) as error:
            if known is None:
                raise
            # It was fetched once, and is only looked at again: what is known of it stays.
            _log.warning("not looked at again: %s", error)
            self._seen.failed(found.source_uri, self._clock.now())
            self._due.discard(found.source_uri)
            return
        self._known[found.source_uri] = entry
        self._due.discard(found.source_uri)
        self._failures[found.source or ""] = 0

    def _has(self, sha256: str) -> bool:
        return (self._home.root / raw_path(sha256)).exists()

    def _downloaded(self, found: Found, before: Entry | None) -> Entry:
        source = self._sources[str(found.source)]
        now = self._clock.now()
        with draft_in(self._home) as draft, draft.open("wb+") as sink:
            etag = modified = None
            if source.scheme in _WEB:
                same = before if before and before.sha256 and self._has(before.sha256) else None
                answer = self._web(source).get(
                    found.address, sink, etag=same.etag if same else None, modified=same.modified if same else None
                )
                if same is not None and answer.is_unchanged:
                    self._seen.checked(found.source_uri, now)
                    return same
                etag, modified = answer.etag, answer.modified
            else:
                self._bucket(source).fetch(found, sink)
            sink.flush()
            sha256, size = hash_of_draft(sink)
            keep(draft, sha256, self._home)
        packed = is_archive(self._home.root / raw_path(sha256), found.source_uri)
        entry = Entry(found.shape, sha256, size, now, etag, modified, () if packed else None)
        self._seen.put(found.source_uri, entry)
        if packed:
            with suppress(ArchiveError):
                # What is wrong with it is said where its files are asked for.
                entry = replace(entry, members=unpack(self._home.root / raw_path(sha256), found.source_uri, self._home))
                self._seen.put(found.source_uri, entry)
        return entry


@contextmanager
def opened_origins(home: Home, lookup: Lookup, *, full: bool = False, clock: Time | None = None) -> Iterator[Origins]:
    """The sources of a home for one run; `full`: whatever is remembered of them does not count."""
    with ExitStack() as stack, remembered(home.seen) as seen:
        yield Origins(home, seen, lookup, clock or Time(), stack, full=full)


def check_words(words: Sequence[str], home: Home) -> list[str] | None:
    """The words for a run before it starts, paths in full; None when there is nothing to look at.

    No other machine is asked. Raises UsageError for a word that names nothing, and HomeFileError for a sources.yml that
    cannot be used.
    """
    settings = read_sources(home)
    full: list[str] = []
    paths: list[str] = []
    for word in words:
        source = named(word, home, settings, lambda name: "…" if ":" in name else environment(name))
        if not source.scheme and not source.is_configured:
            paths.append(str(named_path(word)))
            full.append(paths[-1])
            continue
        if source.scheme and source.scheme not in _WEB:
            check_scheme(source)
        full.append(word)
    if words:
        if paths:
            discover(paths, home)
        return full
    return full if any(one.enabled for one in settings.values()) or discover((), home) else None
