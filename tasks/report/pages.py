"""Records -> HTML: one self-contained file a page. The text of an issue is data and is escaped wherever it stands."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tasks.report.amounts import amount, exact, stated
from tasks.report.issue_page import issue_context
from tasks.report.labels import labels
from tasks.report.overview_page import overview_context
from tasks.report.records import IssuePage, Overview


def issue_page(page: IssuePage) -> str:
    """The page of an issue. The same rows give the same bytes."""
    return _render("issue", issue_context(page))


def overview_page(overview: Overview) -> str:
    """The overview."""
    return _render("index", overview_context(overview))


@cache
def look() -> str:
    """A word that changes when templates, style, scripts or labels do: pages made before have to be made anew."""
    digest = hashlib.sha256()
    for folder in (files("tasks.report"), files("tasks.report").joinpath("templates")):
        for part in sorted(folder.iterdir(), key=lambda part: part.name):
            if part.is_file() and part.name.endswith((".py", ".yml", ".html", ".css", ".js")):
                digest.update(part.read_bytes())
    return digest.hexdigest()[:12]


def _render(name: str, context: dict[str, object]) -> str:
    script = _text(f"{name}.js")
    # The page may run this script and load nothing: a text that got past the escaping could still do nothing.
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    template = _environment().get_template(f"{name}.html")
    own = {"style": Markup(_text("style.css")), "script": Markup(script), "digest": digest}  # noqa: S704 - our files
    return template.render(**context, **own)


@cache
def _text(name: str) -> str:
    return files("tasks.report").joinpath(f"templates/{name}").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tasks.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"amount": amount, "exact": exact, "stated": stated, "labels": labels(), "id": id}
    return environment
