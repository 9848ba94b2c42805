"""Accuracy of reading pages against the development sets; `python -m tests.accuracy.pages`.

Floors stand in floors.json.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from pathlib import Path
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from etl.schema.frames import RAW
from etl.transform.pages import read
from tests import test_pages

SETS = Path(__file__).parents[3] / "shared" / "eval" / "pages"
FLOORS = Path(__file__).with_name("floors.json")
FETCHED_AT = datetime(2026, 1, 1, tzinfo=UTC)
MAX_BYTES = 20_000_000
WORD = re.compile(r"\w+")

Scores = dict[str, float]


def raw(pages: Iterable[tuple[str, bytes]], content_type: str = "text/html") -> pl.DataFrame:
    """A `raw` frame of pages given as URL and bytes."""
    rows = [
        {
            "url": url,
            "article_url": url,
            "address": url,
            "fetched_at": FETCHED_AT,
            "status": 200,
            "content_type": content_type,
            "content": content,
            "content_hash": sha256(content).hexdigest(),
        }
        for url, content in pages
    ]
    return pl.DataFrame(rows, schema=RAW)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """4-word shingles of `text` with their counts; of a shorter text all of it."""
    words = WORD.findall(text)
    count = max(1, len(words) - 3) if words else 0
    return Counter(tuple(words[i : i + 4]) for i in range(count))


def shingle_scores(pairs: Iterable[tuple[str, str]]) -> Scores:
    """Precision, recall, their F1, and exact matches, over (gold, ours)."""
    precisions, recalls, exact = [], [], []
    for gold, ours in pairs:
        want, got = shingles(gold), shingles(ours)
        hits = (want & got).total()
        extra, missed = got.total() - hits, want.total() - hits
        exact.append(extra == missed == 0)
        if hits + extra:
            precisions.append(hits / (hits + extra))
        if hits + missed:
            recalls.append(hits / (hits + missed))
    precision, recall = fmean(precisions), fmean(recalls)
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1, "exact": fmean(exact)}


def word_f1(gold: str, ours: str) -> float:
    """F1 of the bags of lower-cased words."""
    want, got = (Counter(WORD.findall(text.lower())) for text in (gold, ours))
    total = want.total() + got.total()
    return 2 * (want & got).total() / total if total else 1.0


def same_title(gold: str, ours: str) -> bool:
    """Whether titles are equal after collapsing white space and quotes."""
    return _plain(gold) == _plain(ours)


def _plain(text: str) -> str:
    straight = re.sub("[‘’ʼ`´]", "'", re.sub("[“”„«»]", '"', text))
    return " ".join(straight.split())


def names(text: str) -> frozenset[str]:
    """Tokens of names, in lower case."""
    return frozenset(WORD.findall(text.lower()))


def read_set(pages: list[tuple[str, bytes]]) -> tuple[dict[str, dict[str, Any]], float]:
    """Rows of the `pages` frame by URL, and CPU milliseconds a page."""
    read(raw(pages[:1]), "en", "UTC", MAX_BYTES)
    start = time.process_time()
    found, _ = read(raw(pages), "en", "UTC", MAX_BYTES)
    spent = (time.process_time() - start) * 1000 / len(pages)
    return {row["url"]: row for row in found.to_dicts()}, spent


def scrapinghub() -> Scores:
    """Shingle scores of the body on 181 news pages."""
    folder = SETS / "scrapinghub"
    gold = json.loads((folder / "ground-truth.json").read_text())
    pages = [
        (key, gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())) for key in gold
    ]
    found, spent = read_set(pages)
    pairs = [(gold[key]["articleBody"], found.get(key, {}).get("body", "")) for key in gold]
    scores = shingle_scores(pairs)
    return {**scores, "read": len(found) / len(gold), "ms_a_page": spent}


def _gold(folder: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def wcxb() -> Scores:
    """Word F1 of the body, title, author and date on 300 article pages.

    `no_false_author` is the share of pages without an author for which we name none.
    """
    folder = SETS / "wcxb"
    gold = list(_gold(folder))
    pages = [(g["url"], gzip.decompress((folder / "html" / g["file"]).read_bytes())) for g in gold]
    found, spent = read_set(pages)
    ours = [found.get(g["url"], {}) for g in gold]
    pairs = list(zip(gold, ours, strict=True))
    return {
        "word_f1": fmean(word_f1(g["main_content"], o.get("body", "")) for g, o in pairs),
        "title": fmean(same_title(g["title"], o.get("title", "")) for g, o in pairs if g["title"]),
        "author": fmean(names(g["author"] or "") == names(_byline(o)) for g, o in pairs),
        "no_false_author": fmean(not _byline(o) for g, o in pairs if not g["author"]),
        "date": fmean(_same_day(g["publish_date"], o) for g, o in pairs if g["publish_date"]),
        "read": len(found) / len(gold),
        "ms_a_page": spent,
    }


def _byline(row: dict[str, Any]) -> str:
    """The persons who wrote a page; where none did, the organisations that signed it.

    So does the gold: about 35 of its 237 authors are firms, sites and their staffs.
    """
    written = [author for author in row.get("authors", ()) if author["role"] == "author"]
    people = [author["name"] for author in written if author["kind"] == "person"]
    return " ".join(people or [author["name"] for author in written])


def htmldate() -> Scores:
    """Share of 313 pages with the right day, and with a wrong one."""
    folder = SETS / "htmldate"
    gold = list(_gold(folder))
    pages = [(g["url"], gzip.decompress((folder / "html" / g["file"]).read_bytes())) for g in gold]
    found, spent = read_set(pages)
    dated = (g for g in gold if isinstance(g["date"], str))
    rows = [(g["date"], found[g["url"]]) for g in dated if g["url"] in found]
    right = fmean(_same_day(day, row) for day, row in rows)
    none = fmean(row["published_at"] is None for _, row in rows)
    return {
        "right": right,
        "wrong": 1 - right - none,
        "read": len(rows) / len(gold),
        "ms_a_page": spent,
    }


def _same_day(day: str, row: dict[str, Any]) -> bool:
    """Whether `day` is that of the publication time, where it was printed: in its own zone."""
    at, zone = row.get("published_at"), row.get("published_zone")
    if at is None:
        return False
    local = at if zone is None else at.astimezone(_zone(zone))
    return bool(local.date().isoformat() == day[:10])


def _zone(name: str) -> tzinfo:
    """A zone as `published_zone` names it: an offset, or by its IANA name."""
    if name[0] in "+-":
        return datetime.fromisoformat(f"2000-01-01T00:00{name}").tzinfo or UTC
    return ZoneInfo(name)


def seedlike() -> Scores:
    """References kept, teasers kept out, bodies, titles and days equal, on 105 renderings."""
    folder = SETS / "seedlike"
    gold = json.loads((folder / "gold.json").read_text())
    files = sorted(folder.glob("*.html"))
    found, spent = read_set([(path.stem, path.read_bytes()) for path in files])
    rows = [found.get(path.stem, {}) for path in files]
    body = " ".join(" ".join(gold["body"]).split())
    kept = [
        sum(ref in (row.get("reference_text") or "") for ref in gold["refs"]) / 3 for row in rows
    ]
    return {
        "references_kept": fmean(kept),
        "references_exact": fmean(_entries(row) == gold["refs"] for row in rows),
        "no_teasers": fmean(not _has_teaser(gold["teasers"], row) for row in rows),
        "body_equal": fmean(" ".join(row.get("body", "").split()) == body for row in rows),
        "title": fmean(row.get("title") == gold["title"] for row in rows),
        "date": fmean(_same_day(gold["date"], row) for row in rows),
        "ms_a_page": spent,
    }


def kept() -> Scores:
    """Titles, days, bylines and ends of bodies of the pages kept for sources, by their `.json`."""
    rows = [
        (want, test_pages.of_page(test_pages.read(path.parent.name).pages, want).row(0, named=True))
        for path in test_pages.ARTICLES
        for want in [json.loads(path.read_text(encoding="utf-8"))]
    ]
    bodies = [" ".join(row["body"].split()) for _, row in rows]
    return {
        "title": fmean(row["title"] == want["title"] for want, row in rows),
        "date": fmean(_same_time(want["published_at"], row["published_at"]) for want, row in rows),
        "author": fmean(
            [each["name"] for each in row["authors"]] == want["authors"] for want, row in rows
        ),
        "body": fmean(
            body.startswith(want["body_starts"]) and body.endswith(want["body_ends"])
            for (want, _), body in zip(rows, bodies, strict=True)
        ),
    }


def _same_time(want: str | None, found: datetime | None) -> bool:
    return (datetime.fromisoformat(want) if want else None) == found


def _entries(row: dict[str, Any]) -> list[str]:
    lines = (row.get("reference_text") or "").splitlines()
    bare = (re.sub(r"^(?:\d+\.|\[\d+\]) ", "", line) for line in lines)
    return [re.sub(r" https://doi\.org/10\.1000/xyz\d$", "", line) for line in bare]


def _has_teaser(teasers: list[str], row: dict[str, Any]) -> bool:
    body = shingles(row.get("body", ""))
    return any(body & shingles(teaser) for teaser in teasers)


MEASURES: dict[str, Callable[[], Scores]] = {
    "kept": kept,
    "seedlike": seedlike,
    "scrapinghub": scrapinghub,
    "wcxb": wcxb,
    "htmldate": htmldate,
}


def lows(name: str, scores: Scores) -> list[str]:
    """What is under its floor."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["pages"][name]
    return [
        f"{name} {key} {scores[key]:.4f} is under its floor of {floor}"
        for key, floor in floors.items()
        if scores[key] < floor
    ]


def main(chosen: list[str]) -> int:
    """Print the scores of the sets named, of all without any; 1 where one is under its floor."""
    low: list[str] = []
    for name in chosen or MEASURES:
        scores = MEASURES[name]()
        line = ", ".join(f"{key} {value:.4f}" for key, value in scores.items())
        sys.stdout.write(f"{name}: {line}\n")
        low += lows(name, scores)
    sys.stdout.write("".join(f"{line}\n" for line in low))
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
