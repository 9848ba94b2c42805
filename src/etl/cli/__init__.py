"""`etl …`: the command line, thin over flows and load.

Commands return exit codes: 0 fine, 1 failed, 2 usage or configuration, 3 degraded. What a
command prints for people goes through `render`; with `--json` it is one JSON document on
standard output. Progress and errors go to standard error. Heavy libraries are imported
inside commands, for `etl --help` must answer at once.
"""

import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from etl.cli import add, enrich, export, run, show, sources, warehouse
from etl.errors import EtlError

USAGE = 2
"""Exit code for words that are no command."""


def _version() -> str:
    """Version of the installed package."""
    from importlib.metadata import version

    return version("article-warehouse")


app = App(
    name="etl",
    help="From new pages of journals to a checked Postgres warehouse.",
    help_epilogue=(
        "Exit codes: 0 fine, 1 failed, 2 usage or configuration, 3 degraded. "
        "Settings are ETL_* variables: see `etl config show`."
    ),
    version=_version,
)
app.command(run.run)
app.command(show.status)
app.command(warehouse.migrate)
app.command(warehouse.sql)
app.command(warehouse.serve)
app.command(export.export)
app.command(enrich.enrich)
_sources = App(
    name="sources", help="List the journals and sites that are read, check one, or add one."
)
_sources.command(sources.list_sources, name="list")
_sources.command(sources.check)
_sources.command(add.add)
app.command(_sources)
_config = App(name="config", help="Show the settings in force and where each came from.")
_config.command(show.config, name="show")
app.command(_config)


def main(tokens: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code and say failures in one line."""
    try:
        outcome = app(
            tokens if tokens is not None else sys.argv[1:],
            exit_on_error=False,
            print_error=True,
            result_action="return_value",
        )
    except CycloptsError:
        return USAGE
    except KeyboardInterrupt:
        return _say("stopped; what was loaded stays, the next run takes up the rest", 130)
    except EtlError as error:
        return _say(str(error), error.exit_code)
    except BrokenPipeError:
        return 0
    return outcome if isinstance(outcome, int) else 0


def _say(line: str, code: int) -> int:
    """Print one line to standard error and return `code`."""
    sys.stderr.write(f"etl: {line}\n")
    return code
