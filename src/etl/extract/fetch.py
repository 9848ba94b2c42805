"""Asks to raw pages, as they come; then what is new in them, and what failed.

Every row of `asks` becomes one row of `raw`; every row of `raw` ends in exactly one of
`fresh(...).new`, `fresh(...).ended` and `failed(...)`.
"""

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import polars as pl

from etl.errors import Broken
from etl.extract.feeds import archive, files
from etl.extract.frontier import ENDED, is_web, newest
from etl.extract.snapshots import Store
from etl.extract.web import Answer, Ask, Web
from etl.extract.web.failures import too_large
from etl.schema import frames, ops, shape

PORTION_PAGES = 100
PORTION_BYTES = 16_000_000
PORTION_SECONDS = 2.0
"""Pages are handed on in portions of at most so many: what a killed run loses is one portion."""

OUTCOME = r"^(\w+): "
"""Start of a failure: `timeout: `."""

UNTOLD = frozenset({"set-cookie", "set-cookie2", "authorization", "proxy-authenticate"})
"""Headers that are not kept: they are secrets, or made for one visit."""

LONGEST_HEADER = 1_000

MOVED = "x-moved"
"""Kept among the headers of a page that its address redirects to for good."""


class Fresh(NamedTuple):
    """What came."""

    new: pl.DataFrame
    """Pages to work on, columns of `frames.RAW`; all have content."""
    ended: pl.DataFrame
    """Pages as an earlier run left them, columns `ENDED`: unchanged, or the same notice again."""


def fetch(asks: pl.DataFrame, web: Web, now: datetime, max_bytes: int) -> Iterator[pl.DataFrame]:
    """Portions of `RAW`, one row per row of `asks`, in the order in which pages come.

    `fetched_at` is `now` for all of them: one time per run keeps a run repeatable.

    Args:
        asks: Columns of `frontier.ASKS`.
        web: What answers for addresses on the web.
        now: Time of the run.
        max_bytes: Larger pages are not read to the end.
    """
    rows: list[dict[str, Any]] = []
    size, began = 0, time.monotonic()
    for ask, answer in _answers(asks.to_dicts(), web, max_bytes):
        rows.append(_row(ask, answer, now))
        size += len(answer.content or b"")
        late = time.monotonic() - began >= PORTION_SECONDS
        if len(rows) >= PORTION_PAGES or size >= PORTION_BYTES or late:
            yield _raw(rows)
            rows, size, began = [], 0, time.monotonic()
    if rows:
        yield _raw(rows)


def taken_up(kept: pl.DataFrame, store: Store) -> tuple[pl.DataFrame, list[str]]:
    """Pages that an earlier run kept, as `RAW`, and the URLs of those that cannot be read.

    Args:
        kept: Snapshots, columns of `frames.KNOWN` and `article_url`.
        store: Where they lie.
    """
    rows: list[dict[str, Any]] = []
    lost: list[str] = []
    for row in kept.to_dicts():
        try:
            rows.append({**row, "content": store.read(row["path"]), "failure": None})
        except Broken:
            lost.append(row["url"])
    named = [{name: row[name] for name in frames.RAW} for row in rows]
    return _raw(named), lost


def fresh(raw: pl.DataFrame, known: pl.DataFrame, urls: pl.DataFrame) -> Fresh:
    """Split pages that came by whether they are as an earlier run left them.

    Bytes that were replaced and come back are new: the article has changed again. A page that
    was a notice and is the same still has the outcome it had.

    Args:
        raw: Columns of `frames.RAW`.
        known: Snapshots, columns of `frames.KNOWN`.
        urls: How the URLs stood, columns of `frames.URLS`.
    """
    settled = newest(known).filter("is_settled").select("url", "content_hash")
    came = raw.filter(pl.col("content").is_not_null())
    on = ["url", "content_hash"]
    same = came.join(settled, on=on, how="semi", maintain_order="left").select(on)
    confirmed = raw.filter(status=HTTPStatus.NOT_MODIFIED).select("url")
    confirmed = confirmed.join(settled, on="url", how="left", maintain_order="left")
    return Fresh(
        came.join(settled, on=on, how="anti", maintain_order="left"),
        _as_before(pl.concat([same, confirmed.select(on)]), urls),
    )


def moved(raw: pl.DataFrame, ended: pl.DataFrame) -> pl.DataFrame:
    """The rows of `raw` that are as before, but whose address has moved for good.

    Nothing is to be read in them; that the old address leads to the new one is news all the
    same, or the new one would become an article of its own.
    """
    is_moved = pl.col("headers").str.contains(f'"{MOVED}": "permanent"', literal=True)
    rows = raw.filter(is_moved).join(ended, on="url", how="semi", maintain_order="left")
    return rows.with_columns(pl.col("content").fill_null(b""))


def failed(raw: pl.DataFrame) -> pl.DataFrame:
    """One row per page that did not come, with outcome and reason, shaped as `REJECTS`."""
    failure = pl.col("failure")
    rejects = raw.filter(failure.is_not_null()).select(
        "url",
        "content_hash",
        outcome=failure.str.extract(OUTCOME),
        reason=failure.str.replace(OUTCOME, ""),
    )
    return shape(rejects, frames.REJECTS, "rejects")


def _as_before(same: pl.DataFrame, urls: pl.DataFrame) -> pl.DataFrame:
    """Pages with the same bytes: unchanged, but a notice is told again."""
    before = urls.select("url", "outcome", "reason")
    is_notice = pl.col("outcome").is_in(ops.NOTICES).fill_null(value=False)
    told = same.join(before, on="url", how="left", maintain_order="left").with_columns(
        outcome=pl.when(is_notice).then("outcome").otherwise(pl.lit("unchanged")),
        reason=pl.when(is_notice).then("reason"),
    )
    return shape(told.select(ENDED.names()), ENDED, "ended")


def _answers(
    asks: list[dict[str, Any]], web: Web, max_bytes: int
) -> Iterator[tuple[dict[str, Any], Answer]]:
    """What came for each ask: of files, then of archives, then of the web."""
    on_web = [ask for ask in asks if is_web(ask["location"])]
    here = [ask for ask in asks if not is_web(ask["location"])]
    for ask in here:
        if not archive.is_archived(ask["location"]):
            yield ask, _file(ask["location"], max_bytes)
    archived = {a["location"]: a for a in here if archive.is_archived(a["location"])}
    for location, answer in archive.read_all(list(archived), max_bytes):
        yield archived[location], answer
    wanted = [Ask(a["location"], a["etag"], a["last_modified"]) for a in on_web]
    for index, answer in web.each(wanted, max_bytes):
        yield on_web[index], answer


def _file(location: str, max_bytes: int) -> Answer:
    """A file as the answer for its path; its reasons hold no path of this machine."""
    path = Path(location)
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
            size = path.stat().st_size
    except FileNotFoundError:
        return Answer(location, failure="gone: the file is no longer there")
    except OSError as error:
        return Answer(location, failure=f"fetch_failed: file not read: {error.strerror}")
    if len(content) > max_bytes:
        return Answer(location, failure=f"too_large: {too_large(size, max_bytes)}")
    content_type = files.CONTENT_TYPES.get(path.suffix.lower())
    return Answer(location, HTTPStatus.OK, content_type, content)


def _row(ask: Mapping[str, Any], answer: Answer, now: datetime) -> dict[str, Any]:
    """An answer as a row of `RAW`."""
    on_web = is_web(ask["location"])
    content, failure = answer.content, answer.failure
    if on_web and content is not None and _is_sent_home(ask["location"], answer.address):
        content, failure = None, f"soft_404: redirected to the home page {answer.address}"
    return {
        "url": ask["url"],
        "article_url": ask["article_url"],
        "address": answer.address if on_web and not _is_replay(ask) else ask["url"],
        "fetched_at": now,
        "status": answer.status,
        "content_type": answer.content_type,
        "headers": _headers(answer) if on_web and answer.status else None,
        "content": content,
        "content_hash": None if content is None else sha256(content).hexdigest(),
        "failure": failure,
    }


def _is_replay(ask: Mapping[str, Any]) -> bool:
    """Whether a page is had from elsewhere than where it was published."""
    hosts = {urlsplit(ask[name]).hostname for name in ("location", "url")}
    return len(hosts) > 1


def _is_sent_home(location: str, address: str) -> bool:
    """Whether a page was asked for and the home page came: what some do for pages they lack."""
    asked, came = urlsplit(location), urlsplit(address)
    bare = ("", "/")
    return came.path in bare and not came.query and (asked.path not in bare or bool(asked.query))


def _headers(answer: Answer) -> str:
    """Headers as a JSON object, without secrets, each of bearable length."""
    told = {n: v[:LONGEST_HEADER] for n, v in answer.headers.items() if n not in UNTOLD}
    if answer.is_moved:
        told[MOVED] = "permanent"
    # Postgres keeps no NUL, and a lone surrogate is no UTF-8.
    return json.dumps(told).replace("\\u0000", "")


def _raw(rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a `RAW` frame."""
    return shape(pl.DataFrame(list(rows), schema=frames.RAW, orient="row"), frames.RAW, "raw")
