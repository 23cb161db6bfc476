"""Bytes to text: which encoding a dump is in, and whether it is text at all."""

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from tasks.errors import UnreadableDocumentError

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE_ENCODINGS: Final = ("gb18030", "big5", "utf_16_le", "utf_16_be")
"""Encodings that Chinese dumps without a BOM come in when they are not UTF-8."""

_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_CONTROL_SHARE: Final = 0.01
"""Text has next to no control characters; a binary file read as text is full of them."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding that it was read with.

    Raises `UnreadableDocumentError` for bytes that are empty or in no known encoding.
    """
    if not data.strip():
        raise UnreadableDocumentError(f"{name}: the file is empty. Send the issue again.")
    text, encoding = _decoded(data, name)
    if not text.strip():
        raise UnreadableDocumentError(f"{name}: the file holds nothing but white space. Send the issue again.")
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise UnreadableDocumentError(
            f"{name}: these bytes are no text in any known encoding. Save the issue as UTF-8 text."
        )
    return text, encoding


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    try:
        for bom, codec in _BOMS:
            if data.startswith(bom):
                return data.decode(codec), codec
        if b"\0" not in data:
            return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    best = from_bytes(data, cp_isolation=list(_CHINESE_ENCODINGS)).best()
    if best is None:
        raise UnreadableDocumentError(
            f"{name}: these bytes are no text in any known encoding. Save the issue as UTF-8 text."
        )
    # the library's own text may have been stripped of a BOM; decoding again keeps offsets plain
    return data.decode(best.encoding), best.encoding
