"""Run the flow in a process of its own, to be killed: `python -m tests.flows.driver STEP NAME`.

The process kills itself (SIGKILL) when step STEP begins; with `none` it runs to its end, and
with `end` it is killed when the run has been published but not yet recorded as ended.
"""

import os
import signal
import sys


def main(where: str, *names: str) -> None:
    """Run the sources `names` and die at `where`."""
    from etl.load import runs
    from flows import ingest
    from flows.progress import heard_by

    def listen(_source: str, step: str, _done: int, _total: int) -> None:
        if step == where:
            os.kill(os.getpid(), signal.SIGKILL)

    if where == "end":
        setattr(runs, "finish_run", lambda *_: os.kill(os.getpid(), signal.SIGKILL))  # noqa: B010
    with heard_by(listen):
        report = ingest.run(list(names))
    sys.exit(report.exit_code)


if __name__ == "__main__":
    main(*sys.argv[1:])
