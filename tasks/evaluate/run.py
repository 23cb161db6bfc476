"""A gold folder from its document to its figures: the stages one after another, with no flow and no warehouse."""

from hashlib import sha256
from pathlib import Path

from tasks.clean.issue import clean_issue
from tasks.evaluate.gold import read_gold
from tasks.evaluate.restored import with_gold_articles
from tasks.evaluate.rows import issue_row, rows_of
from tasks.evaluate.score import Evaluation, score
from tasks.extract.issue import read_issue
from tasks.read.document import read_document
from tasks.read.sidecar import read_sidecar
from tasks.records import Fetched


def evaluate_gold(folder: Path, workspace: Path, *, from_articles: bool = False) -> Evaluation:
    """What jianbao reads in a gold folder's document, scored; the workspace takes a copy of the document.

    `from_articles` extracts from the articles of the gold instead of those that cleaning makes of the document.
    """
    gold = read_gold(folder)
    documents = tuple(read_document(_fetch(path, workspace), workspace) for path in gold.documents)
    sidecar = read_sidecar(_fetch(gold.sidecar, workspace), workspace) if gold.sidecar else None
    issue = clean_issue(documents, sidecar)
    if from_articles:
        issue = with_gold_articles(issue, gold)
    articles, metrics = rows_of(read_issue(issue))
    return score(gold, articles, metrics, issue_row(issue))


def _fetch(path: Path, workspace: Path) -> Fetched:
    data = path.read_bytes()
    digest = sha256(data).hexdigest()
    raw_path = f"raw/{digest[:2]}/{digest}"
    (workspace / raw_path).parent.mkdir(parents=True, exist_ok=True)
    (workspace / raw_path).write_bytes(data)
    return Fetched(path.resolve().as_uri(), path.name, digest, len(data), raw_path)
