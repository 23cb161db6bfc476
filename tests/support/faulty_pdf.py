"""PDFs as they should not be, written by hand: fonts without meaning, digits that are shapes, bombs, cut files."""

import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

_HEAD: Final = b"%PDF-1.7\n"


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """A PDF of numbered objects; the first is the catalog."""
    data, places = _HEAD, []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(data),
        )
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def page_with(content: bytes, resources: bytes = b"", more: Sequence[bytes] = (), box: bytes = b"0 0 595 842") -> bytes:
    """A PDF of one page; further objects are numbered from 5."""
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>" % (box, resources),
            stream(content),
            *more,
        ]
    )


def bomb_of_pages(count: int) -> bytes:
    """A small PDF that says that it has very many pages: every leaf of its tree is the same page."""
    kids = b" ".join([b"3 0 R"] * count)
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
    )


def bomb_of_forms(depth: int, width: int) -> bytes:
    """A page whose content draws a form that draws forms: width ** depth characters."""
    call = b"/F Do " * width
    forms = [
        stream(
            call if level < depth - 1 else b"BT /T 9 Tf 50 50 Td (1) Tj ET",
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F %d 0 R >> /Font << /T "
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>" % (6 + level),
        )
        for level in range(depth)
    ]
    return page_with(call, b"/XObject << /F 5 0 R >>", forms)


def remapped(pdf: bytes, codes: Mapping[str, str]) -> bytes:
    """A PDF whose fonts say of some characters that they are others: `codes` leads from one code point to another.

    Every table is changed in its place, so that nothing else of the file moves.
    """
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        packed = found[1]
        try:
            table = zlib.decompress(packed)
        except zlib.error:
            continue
        if b"beginbfchar" not in table and b"beginbfrange" not in table:
            continue
        for code, other in codes.items():
            table = re.sub(rb"(?i)(<[0-9a-f]{4}>\s*)<%s>" % code.encode(), rb"\1<%s>" % other.encode(), table)
        again = zlib.compress(table, 9)
        assert len(again) <= len(packed), "the table has no room"
        pdf = pdf[: found.start(1)] + again.ljust(len(packed), b"\0") + pdf[found.end(1) :]
    return pdf


def encrypted() -> bytes:
    """A PDF whose password nobody knows."""
    return page_with(b"").replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
        % (b"5a" * 32, b"a5" * 32),
    )
