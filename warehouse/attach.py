"""The SQL that opens a home in another DuckDB: its command line, DBeaver, a program of one's own."""

from warehouse.connection import EXTENSIONS, extension_file
from warehouse.home import Home
from warehouse.schema import quoted


def attach_script(home: Home) -> str:
    """Statements, a line each, that attach a home read-only as `lake` and make it the default.

    They load the extensions of this installation, so no network is needed; the other DuckDB has to have its version.
    """
    loads = [f"LOAD {quoted(str(extension_file(name)))};" for name in EXTENSIONS]
    options = f"READ_ONLY, DATA_PATH {quoted(f'{home.lake}/')}, OVERRIDE_DATA_PATH true"
    attach = f"ATTACH {quoted(f'ducklake:sqlite:{home.catalog}')} AS lake ({options});"
    return "\n".join([*loads, attach, "USE lake;"])
