"""Works to answers, over the web: who is asked first, who next, and when the answer expires."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from etl.extract.registries import questions, records
from etl.extract.registries.questions import BATCH, Asker
from etl.extract.registries.records import Record, Unreadable
from etl.extract.web import Answer, Ask, Web
from etl.load.enrichments import Answered, Due
from etl.transform.citations import agree
from etl.transform.citations.agree import Printed, Verdict

DAYS = {"found": 90, "ambiguous": 90, "not_found": 30, "failed": 1}
"""Days until a work is asked about again: records change seldom, new ones come every week."""

MAX_BYTES = 20_000_000
"""Of one answer: fifty records, some with thousands of authors."""

NOT_FOUND = 404

Read = Callable[[bytes], list[Record]]


class Failed(Exception):
    """A question brought nothing that can be read; its text says why."""

    def __init__(self, reason: str, *, is_postponed: bool = False) -> None:
        super().__init__(reason)
        self.is_postponed = is_postponed
        """It was not even asked: a limit of the run was reached, or the host keeps failing."""


class Lookups:
    """Answers of one run."""

    def __init__(self, web: Web, asker: Asker) -> None:
        self._web = web
        self._asker = asker
        self.postponed: Counter[str] = Counter()
        """Reasons of works that could not be asked about in this run."""

    def of(self, works: Sequence[Due]) -> Iterator[list[Answered]]:
        """Answers about `works`, a few at a time as they come."""
        with_doi = [work for work in works if work.doi]
        for start in range(0, len(with_doi), BATCH):
            yield from self._batch(with_doi[start : start + BATCH])
        for work in works:
            if not work.doi:
                yield self._in_words(work)

    def _batch(self, works: Sequence[Due]) -> Iterator[list[Answered]]:
        """Works with a DOI: what OpenAlex has, then one by one what it has not."""
        fitting = [work.doi for work in works if work.doi and questions.fits_openalex(work.doi)]
        found, failure = [], None
        if fitting:
            try:
                address = questions.openalex_dois(self._asker, fitting)
                found = self._asked(address, records.openalex)
            except Failed as error:
                failure = str(error)
        verdicts = [(work, agree.by_doi(_printed(work), found)) for work in works]
        yield [_row(w, "openalex", v, found) for w, v in verdicts if v.outcome != "not_found"]
        for work, verdict in verdicts:
            if verdict.outcome == "not_found":
                yield self._one(work, failure)

    def _one(self, work: Due, failure: str | None) -> list[Answered]:
        """A work with a DOI that OpenAlex did not have, or that it could not be asked for."""
        address = questions.crossref_doi(self._asker, work.doi or "")
        answered = self._judged(work, address, agree.by_doi)
        if failure is None:
            return answered
        # OpenAlex may know it: DOIs of other agencies are not at Crossref.
        return [
            _row(work, "openalex", Verdict("failed", f"OpenAlex: {failure}"), [])
            if answer.outcome == "not_found"
            else answer
            for answer in answered
        ]

    def _in_words(self, work: Due) -> list[Answered]:
        """A work without a DOI."""
        parts = (work.authors, work.title, work.container_title, str(work.year))
        words = " ".join(part for part in parts if part)
        return self._judged(work, questions.crossref_words(self._asker, words), agree.by_words)

    def _judged(
        self,
        work: Due,
        address: str,
        judge: Callable[[Printed, Sequence[Record]], Verdict],
    ) -> list[Answered]:
        """Crossref's answer about a work; none if it could not be asked."""
        try:
            found = self._asked(address, records.crossref, is_single=bool(work.doi))
        except Failed as error:
            if error.is_postponed:
                self.postponed[f"Crossref: {error}"] += 1
                return []
            return [_row(work, "crossref", Verdict("failed", f"Crossref: {error}"), [])]
        return [_row(work, "crossref", judge(_printed(work), found), found)]

    def _asked(self, address: str, read: Read, *, is_single: bool = False) -> list[Record]:
        """Records at an address; for a single one, 404 says that there is none.

        Raises:
            Failed: There was no answer, or none that can be read.
        """
        answer = self._web.get(Ask(address), MAX_BYTES)
        if is_single and answer.status == NOT_FOUND:
            return []
        if answer.failure or answer.content is None:
            raise self._failed(answer)
        try:
            return read(answer.content)
        except Unreadable as error:
            raise Failed(f"an answer that cannot be read: {error}") from error

    def _failed(self, answer: Answer) -> Failed:
        """Why there is no answer, without the key that a redirect may show."""
        reason = answer.failure or "an empty answer"
        if self._asker.openalex_key:
            reason = reason.replace(self._asker.openalex_key, "***")
        return Failed(reason, is_postponed=reason.startswith("postponed"))


def _printed(work: Due) -> Printed:
    """What is printed of a work."""
    return Printed(work.title, work.authors, work.year, work.doi)


def _row(work: Due, provider: str, verdict: Verdict, found: Sequence[Record]) -> Answered:
    """A verdict as a row, with the record it is about."""
    now = datetime.now(UTC)
    expires = now + timedelta(days=DAYS[verdict.outcome])
    row = Answered(work.work_id, provider, verdict.outcome, verdict.reason, now, expires)
    if verdict.place is None:
        return row
    record = found[verdict.place]
    return row._replace(
        score=verdict.score,
        record_id=record.record_id,
        doi=record.doi,
        title=record.titles[0] if record.titles else None,
        container_title=record.container_title,
        year=record.year,
        kind=record.kind,
        authors=json.dumps(record.authors, ensure_ascii=False) if record.authors else None,
    )
