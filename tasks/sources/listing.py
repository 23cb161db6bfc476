"""A web page that lists issues: which of its links are issues, and where the list goes on.

A feed (RSS, Atom) and a sitemap are such pages, too. A page is asked for with what its server called the version that
is remembered, so that an unchanged list costs one question and no body.
"""

import io
import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree, html

from tasks.errors import RefusedDownloadError
from tasks.records import Found
from tasks.sources.addresses import file_name_of
from tasks.sources.config import DOCUMENTS, Source
from tasks.sources.seen import Page, Seen
from tasks.sources.web import Web

_PAGE_BYTES: Final = 32 << 20
_SCHEMES: Final = ("http", "https")
_XML: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:rss|feed|urlset|sitemapindex)\b",
    re.DOTALL,
)
_XML_LINKS: Final = frozenset({"loc", "link", "enclosure"})


def listed(source: Source, web: Web, seen: Seen, now: Callable[[], float], *, full: bool = False) -> Iterator[Found]:
    """The issues that a source on the web lists, each address once, in the order of the page.

    An address that is called like a document is one itself, and so is a page without such links that somebody names.
    `full`: what is remembered of a page does not count. Raises what `Web.get` raises, and `RefusedDownloadError` for a
    configured page that lists nothing.
    """
    url = source.settings.url
    if source.settings.documents is None and re.search(DOCUMENTS, unquote(urlsplit(url).path)):
        yield _found(source, url)
        return
    documents = re.compile(source.settings.documents or DOCUMENTS)
    follow = re.compile(source.settings.follow) if source.settings.follow else None
    issues: dict[str, None] = {}
    pages, waiting = {url}, deque([url])
    while waiting:
        for link in _links(source, waiting.popleft(), web, seen, now, full=full):
            parts = urlsplit(link)
            if parts.scheme not in _SCHEMES or (parts.hostname or "") not in web.hosts:
                continue
            path = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
            if documents.search(path) or documents.search(unquote(parts.path)):
                issues.setdefault(link)
            elif follow and follow.search(path) and link not in pages:
                pages.add(link)
                waiting.append(link)
        if len(pages) > source.settings.most_pages:
            raise RefusedDownloadError(
                f"{source.shown(url)}: the list goes on over more than {source.settings.most_pages} pages (most_pages "
                "in sources.yml). Does follow fit too much?"
            )
    if not issues and source.is_configured:
        raise RefusedDownloadError(
            f"{source.shown(url)}: this page lists no link that fits {documents.pattern!r} (documents in sources.yml)."
        )
    yield from (_found(source, link) for link in issues or [url])


def _found(source: Source, url: str) -> Found:
    return Found(source.shown(url), file_name_of(url), None, weak=True, source=source.name, address=url)


def _links(source: Source, url: str, web: Web, seen: Seen, now: Callable[[], float], *, full: bool) -> list[str]:
    place = source.shown(url)
    known, body = None if full else seen.page(place), io.BytesIO()
    if known is not None:
        answer = web.get(url, body, etag=known.etag, modified=known.modified, most_bytes=_PAGE_BYTES)
        if answer.is_unchanged:
            remembered: list[str] = json.loads(known.body)
            return remembered
    else:
        answer = web.get(url, body, most_bytes=_PAGE_BYTES)
    links = list(dict.fromkeys(_links_of(body.getvalue(), answer.url)))
    seen.put_page(place, Page(answer.etag, answer.modified, now(), json.dumps(links)))
    return links


def _links_of(body: bytes, url: str) -> Iterator[str]:
    if not body.strip():
        return
    try:
        if _XML.match(body):
            parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
            found = _xml_links(etree.fromstring(body, parser))
        else:
            root = html.document_fromstring(body)
            url = urljoin(url, next((base.get("href", "") for base in root.iter("base")), ""))
            found = (link.get("href", "") for link in root.iter("a", "area"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return
    for link in found:
        try:
            yield urldefrag(urljoin(url, link.strip())).url
        except ValueError:
            # what is no address is no document either
            continue


def _xml_links(root: etree._Element | None) -> Iterable[str]:
    for element in root.iter() if root is not None else ():
        if isinstance(element.tag, str) and etree.QName(element).localname in _XML_LINKS:
            yield element.get("href") or element.get("url") or element.text or ""
