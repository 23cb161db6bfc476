"""What the commands of the operator print: quarantine, reprocess, maintain, verify, backup."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from flows.hints import command
from flows.report import make_console
from flows.summary import Reprocessed, count
from flows.tables import MOST_LINES, print_section
from tasks.load.again import Difference
from tasks.load.quarantined import Quarantined
from tasks.maintain.archive import Archived
from tasks.maintain.compact import Maintained
from tasks.maintain.finding import Finding
from tasks.numbers import told
from warehouse.home import Home

_FIRST_LINES: Final = 5
_FIRST_BYTES: Final = 1000


def list_quarantine(home: Home, rejects: list[Quarantined]) -> None:
    """Print one line a file."""
    console = make_console()
    if not rejects:
        console.print("Nothing is in quarantine.")
        return
    rows = [
        (r.document_id or "-", r.file_name, r.stage, r.error, r.attempts, f"{r.first_seen:%Y-%m-%d %H:%M}")
        for r in rejects
    ]
    title = f"{count(len(rejects), 'file')} in quarantine"
    print_section(console, title, ("id", "file", "stage", "error", "tries", "since (UTC)"), rows, "", most=len(rows))
    name = rejects[0].document_id or rejects[0].file_name
    console.print()
    console.print(f"Why:        {command(home, 'quarantine', 'show', name)}", highlight=False)
    console.print(f"Try again:  {command(home, 'quarantine', 'retry', name)}", highlight=False)


def show_quarantine(home: Home, rejects: list[Quarantined]) -> None:
    """Print everything that is known of each file."""
    console = make_console()
    for reject in rejects:
        kept = reject.kept(home)
        console.print()
        console.print(Text(reject.file_name, style="bold"))
        for name, value in (
            ("why", reject.message),
            ("error", f"{reject.error} at {reject.stage}, with rules {reject.extractor_version}"),
            ("found at", reject.source_uri),
            ("since", f"{reject.first_seen:%Y-%m-%d %H:%M} UTC, {count(reject.attempts, 'try', 'tries')}"),
            ("last try", f"{reject.last_seen:%Y-%m-%d %H:%M} UTC"),
            ("bytes", f"{kept.byte_size:,} in {kept.raw_path}" if kept else "never came into the raw store"),
        ):
            console.print(Text(f"  {name:<9} {value}"))
        if kept:
            _beginning(console, home.root / kept.raw_path)


def _beginning(console: Console, path: Path) -> None:
    with path.open("rb") as handle:
        first = handle.read(_FIRST_BYTES)
    lines = first.decode("utf-8", errors="replace").splitlines()[:_FIRST_LINES]
    console.print("  begins")
    for line in lines:
        console.print(Text(f"    {''.join(char if char.isprintable() else '·' for char in line[:100])}", style="dim"))


def reprocessed(done: Reprocessed) -> None:
    """Print what reading again changed, issue by issue, and each metric that is read differently."""
    console = make_console()
    changed = [difference for difference in done.differences if not difference.is_empty]
    verb = "read again" if done.is_published else "would be read again (a dry run: nothing was published)"
    console.print(Text(f"{count(len(done.differences), 'issue')} {verb}, {len(changed)} differ.", style="bold"))
    rows = [
        (
            d.issue_id,
            d.file_name,
            f"{d.articles[0]} -> {d.articles[1]}",
            d.same,
            len(d.changed),
            len(d.added),
            len(d.removed),
        )
        for d in changed
    ]
    if rows:
        columns = ("issue", "file", "articles", "the same", "changed", "new", "gone")
        print_section(console, "differences", columns, rows, "")
    for difference in changed[:MOST_LINES]:
        _details(console, difference)
    for reject in done.rejects:
        console.print(Text(f"Not read again, its rows stay: {reject.message}", style="bold red"))


def _details(console: Console, difference: Difference) -> None:
    lines: list[tuple[int, str]] = [(line, f"+ {quote}") for line, quote in difference.added]
    lines += [(line, f"- {quote}") for line, quote in difference.removed]
    for change in difference.changed:
        fields = ", ".join(f"{name} {told(old)} -> {told(new)}" for name, old, new in change.fields)
        lines.append((change.line, f"~ {change.quote}: {fields}"))
    console.print()
    console.print(Text(difference.file_name, style="bold"))
    for line, words in sorted(lines)[:MOST_LINES]:
        console.print(Text(f"  line {line}  {words}"))
    if len(lines) > MOST_LINES:
        console.print(f"  and {len(lines) - MOST_LINES} more")


def maintained(done: Maintained) -> None:
    """Print what compaction came to."""
    console = make_console()
    console.print(Text("Compacted; every row of every table is what it was before.", style="bold"))
    rows = [
        (name, before, after)
        for name, before, after in (
            ("rows", done.before.rows, done.after.rows),
            ("files", done.before.files, done.after.files),
            ("bytes", done.before.byte_size, done.after.byte_size),
            ("snapshots", done.before.snapshots, done.after.snapshots),
        )
    ]
    print_section(console, "store", ("", "before", "after"), [(n, f"{b:,}", f"{a:,}") for n, b, a in rows], "")
    console.print()
    console.print(f"The catalog as it was before: {done.catalog_copy}", highlight=False)


def verified(home: Home, findings: Iterable[Finding]) -> bool:
    """Print each promise as it is checked; whether all are kept."""
    console = make_console()
    console.print(Text(f"jianbao home {home.root}", style="bold"))
    broken = 0
    for finding in findings:
        broken += bool(finding.problems)
        mark = Text("BROKEN", style="bold red") if finding.problems else Text("kept  ", style="green")
        console.print(mark + Text(f"  {finding.promise} ({finding.checked:,} looked at)", style="default"))
        for problem in finding.problems:
            console.print(Text(f"          {problem}"))
    verdict = f"{count(broken, 'promise')} broken." if broken else "Every promise is kept."
    console.print(Text(verdict, style="bold"))
    return not broken


def backed_up(path: Path, archived: Archived) -> None:
    """Print what a backup holds."""
    console = make_console()
    console.print(f"{path}: {count(archived.files, 'file')}, {archived.byte_size:,} bytes", highlight=False)
    console.print("Back again: jianbao restore FILE --home DIR")


def restored(home: Home, archived: Archived) -> None:
    """Print what came back."""
    console = make_console()
    console.print(
        f"{home.root}: {count(archived.files, 'file')}, as of {archived.made_at:%Y-%m-%d %H:%M} UTC", highlight=False
    )
    console.print(f"Check it: {command(home, 'verify')}", highlight=False)
