"""The errors of the stages, on the tree that begins in `warehouse.errors`.

Whether something is tried again is asked of the class, never of the message. A message is a sentence for the person who
runs jianbao: it names the thing, says what was wrong and what to do.
"""

from typing import ClassVar

from warehouse.errors import BusyError, HomeError, JianbaoError, NoCatalogError, TerminalError, TransientError

__all__ = [
    "ArchiveError",
    "BusyError",
    "DocumentError",
    "HomeError",
    "JianbaoError",
    "LostTextError",
    "NoArticleError",
    "NoCatalogError",
    "RefusedDownloadError",
    "SidecarError",
    "SourceDownError",
    "TerminalError",
    "TransientError",
    "UnloadableError",
    "UnreadableDocumentError",
    "UnreadableFileError",
    "UsageError",
]


class UsageError(TerminalError):
    """The call names something that is not there or cannot be used."""

    exit_code = 2


class DocumentError(JianbaoError):
    """A document cannot be ingested: it is quarantined with this error's name, stage and message."""

    stage: ClassVar[str] = "read"


class UnreadableFileError(DocumentError, TransientError):
    """The bytes cannot be had now (permissions, an input/output error, a file that went away)."""

    stage = "fetch"


class SourceDownError(DocumentError, TransientError):
    """A source cannot be reached now: no connection, no answer in time, or one refusal after the other."""

    stage = "fetch"


class RefusedDownloadError(DocumentError, TerminalError):
    """A document is not fetched: it is too large, its server does not have it, or an address is not allowed."""

    stage = "fetch"


class UnreadableDocumentError(DocumentError, TerminalError):
    """The bytes are no text that jianbao reads: empty, binary, of another format, in no known encoding."""

    stage = "read"


class ArchiveError(DocumentError, TerminalError):
    """An archive that is damaged, encrypted, or would escape or explode; nothing of it is unpacked."""

    stage = "read"


class SidecarError(DocumentError, TerminalError):
    """What a person wrote about an issue (`<name>.meta.yaml`) is not what may stand there."""

    stage = "read"


class NoArticleError(DocumentError, TerminalError):
    """The text holds no article."""

    stage = "clean"


class LostTextError(DocumentError, TerminalError):
    """Cleaning did not account for every character of the source: a fault of jianbao, and never published."""

    stage = "clean"


class UnloadableError(DocumentError, TerminalError):
    """A row does not keep a promise of the schema (a number that would be rounded, a quote that is not there)."""

    stage = "load"
