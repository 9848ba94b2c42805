"""What a run did, in numbers that add up: the flow returns it, the command line prints it."""

from dataclasses import dataclass, field

from etl.errors import EtlError, Misconfigured
from etl.schema.ops import LOST


@dataclass(frozen=True)
class Issue:
    """One URL that was not loaded, and why."""

    url: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class TableCounts:
    """What became of the rows staged for one table."""

    staged: int = 0
    set_aside: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0

    def __add__(self, other: "TableCounts") -> "TableCounts":
        return TableCounts(
            self.staged + other.staged,
            self.set_aside + other.set_aside,
            self.inserted + other.inserted,
            self.updated + other.updated,
            self.deleted + other.deleted,
        )

    @property
    def written(self) -> int:
        """Rows inserted, changed or deleted."""
        return self.inserted + self.updated + self.deleted


@dataclass
class SourceReport:
    """One source in one run."""

    source: str
    outcomes: dict[str, int] = field(default_factory=dict)
    """URLs by outcome; they add up to the URLs discovered."""
    issues: list[Issue] = field(default_factory=list)
    tables: dict[str, TableCounts] = field(default_factory=dict)
    feed_count: int = 0
    """Feeds asked."""
    still_count: int = 0
    """Feeds among them that had nothing to tell: as they were when they were asked last."""
    feed_failures: list[str] = field(default_factory=list)
    rule_notes: list[str] = field(default_factory=list)
    """Rules for pages that ended or gave nothing, in a sentence each."""
    warnings: int = 0
    """Expectations of severity warning that did not hold."""
    seconds: float = 0.0
    error: str | None = None
    exit_code: int = 0
    """0 fine, 3 degraded, else the exit code of the error."""

    @property
    def url_count(self) -> int:
        """URLs discovered."""
        return sum(self.outcomes.values())

    @property
    def is_degraded(self) -> bool:
        """Whether something a person should look at went wrong, though the source was read."""
        lost = set(LOST) & set(self.outcomes)
        set_aside = any(counts.set_aside for counts in self.tables.values())
        return bool(self.feed_failures or lost or set_aside)

    def fail(self, error: Exception) -> None:
        """Keep the error that ended this source."""
        lines = (str(error) or type(error).__name__).splitlines()
        named = lines[0] if isinstance(error, EtlError) else f"{type(error).__name__}: {lines[0]}"
        self.error = named
        self.exit_code = error.exit_code if isinstance(error, EtlError) else 1


@dataclass
class RunReport:
    """One run over its sources."""

    run_id: str
    name: str
    is_dry: bool
    is_due_only: bool = False
    """Whether what was not due was left alone."""
    sources: list[SourceReport] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def state(self) -> str:
        """completed, degraded or failed."""
        failed = [source for source in self.sources if source.error]
        if failed and len(failed) == len(self.sources):
            return "failed"
        if failed or any(source.is_degraded for source in self.sources):
            return "degraded"
        return "completed"

    @property
    def exit_code(self) -> int:
        """0 completed, 3 degraded; failed: 2 if every source was misconfigured, else 1."""
        if self.state == "failed":
            codes = {source.exit_code for source in self.sources}
            return Misconfigured.exit_code if codes == {Misconfigured.exit_code} else 1
        return 3 if self.state == "degraded" else 0

    @property
    def error(self) -> str | None:
        """The first error, named with its source."""
        return next((f"{s.source}: {s.error}" for s in self.sources if s.error), None)

    def tables(self) -> dict[str, TableCounts]:
        """Counts by table over all sources."""
        total: dict[str, TableCounts] = {}
        for source in self.sources:
            for table, counts in source.tables.items():
                total[table] = total.get(table, TableCounts()) + counts
        return total

    @property
    def rows_written(self) -> int:
        """Rows of `warehouse` inserted, changed or deleted."""
        return sum(counts.written for counts in self.tables().values())
