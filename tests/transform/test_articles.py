"""Pages to articles, versions and authors."""

from datetime import UTC, datetime

import polars as pl

from etl.schema import (
    Article,
    ArticleAuthor,
    ArticleVersion,
    Author,
    Citation,
    frame_schema,
    key,
)
from etl.schema.frames import PAGES
from etl.transform.articles import (
    article_authors,
    article_versions,
    articles,
    authors,
    sealed,
)
from tests.frames import frame

SOURCE = 7


def pages(text: str) -> pl.DataFrame:
    """Pages from a table of url, day, title, body, references and authors separated by `;`.

    A page is that of its own article unless a column `article_url` says otherwise.
    """
    table = frame(text)
    rows = table.with_columns(
        article_url="article_url" if "article_url" in table.columns else "url",
        fetched_at=pl.format("2026-01-{}T00:00:00Z", pl.col("day").str.zfill(2)).str.to_datetime(
            time_zone="UTC"
        ),
        content_hash=pl.format("snapshot of day {}", "day"),
        authors=pl.col("authors").fill_null("").str.split(";"),
        language=pl.lit("en"),
    )
    name = pl.element().filter(pl.element() != "")
    byline = pl.struct(
        name=name, kind=pl.lit("person"), role=pl.lit("author"), orcid=pl.lit(None, pl.String)
    )
    rows = rows.with_columns(pl.col("authors").list.eval(byline))
    unsaid = {column: pl.lit(None) for column in PAGES if column not in rows.columns}
    return rows.with_columns(**unsaid).select(PAGES.names()).cast(dict(PAGES))


SEEN = pages(
    """
    url | day | title        | body           | reference_text | authors
    ----+-----+--------------+----------------+----------------+------------------------------
    /a  | 3   | Water Rights | Canals matter. | 1. Oripov      | Nigora Salimova;J. Oripov
    /a  | 1   | Water Rights | Canals matter. | 1. Oripov      | Nigora Salimova
    /a  | 2   | Water Rights | Canals rule.   | 1. Oripov      | NIGORA  SALIMOVA
    /b  | 2   | Water Rights | Canals matter. |                | Nigora Salimová;J. Oripov;J. Oripov
    """
)


def day(number: int) -> datetime:
    return datetime(2026, 1, number, tzinfo=UTC)


def test_an_article_is_a_url_seen_from_first_to_last_fetch() -> None:
    found = articles(SEEN, SOURCE)

    assert found.schema == frame_schema(Article)
    assert found.select("article_id", "url", "first_seen_at", "last_seen_at").rows() == [
        (key(SOURCE, "/a"), "/a", day(1), day(3)),
        (key(SOURCE, "/b"), "/b", day(2), day(2)),
    ]


def test_addresses_of_one_article_are_one_article_under_its_own_url() -> None:
    both = pages(
        """
        url    | article_url | day | title        | body           | reference_text | authors
        -------+-------------+-----+--------------+----------------+----------------+----------
        /a?p=1 | /a          | 1   | Water Rights | Canals matter. |                | J. Oripov
        /a/amp | /a          | 2   | Water Rights | Canals matter. |                | J. Oripov
        """
    )

    found, versions = articles(both, SOURCE), article_versions(both, SOURCE)

    assert found.select("article_id", "url", "first_seen_at", "last_seen_at").rows() == [
        (key(SOURCE, "/a"), "/a", day(1), day(2))
    ]
    assert versions.select("article_id", "seen_from_at", "fetched_at").rows() == [
        (key(SOURCE, "/a"), day(1), day(2))
    ]
    assert article_authors(both, SOURCE)["version_id"].to_list() == versions["version_id"].to_list()


def test_a_version_is_a_distinct_content_of_an_article() -> None:
    found = article_versions(SEEN, SOURCE)

    assert found.schema == frame_schema(ArticleVersion)
    assert set(found.select("article_id", "body", "seen_from_at", "fetched_at").rows()) == {
        (key(SOURCE, "/a"), "Canals matter.", day(1), day(3)),
        (key(SOURCE, "/a"), "Canals rule.", day(2), day(2)),
        (key(SOURCE, "/b"), "Canals matter.", day(2), day(2)),
    }


def test_the_newest_page_of_a_content_gives_the_row() -> None:
    found = article_versions(SEEN, SOURCE).filter(pl.col("fetched_at") == day(3))

    assert found["snapshot_hash"].to_list() == ["snapshot of day 3"]


def test_keys_follow_from_source_url_and_content() -> None:
    row = article_versions(SEEN.tail(1), SOURCE).row(0, named=True)

    assert row["article_id"] == key(SOURCE, "/b")
    assert row["version_id"] == key(row["article_id"], row["content_hash"])
    # sha256 of "Water Rights", "Canals matter." and "", parted by unit separators
    assert row["content_hash"][:12] == "dee3f948a47d"


def test_titles_are_folded_and_words_counted() -> None:
    row = article_versions(SEEN.tail(1), SOURCE).row(0, named=True)

    assert (row["title_key"], row["word_count"]) == ("water rights", 2)


def test_the_order_of_pages_changes_nothing() -> None:
    turned = SEEN.reverse()

    assert articles(turned, SOURCE).equals(articles(SEEN, SOURCE))
    assert article_versions(turned, SOURCE).equals(article_versions(SEEN, SOURCE))
    assert authors(turned).equals(authors(SEEN))
    assert article_authors(turned, SOURCE).equals(article_authors(SEEN, SOURCE))


def test_an_author_is_a_name_however_it_is_spelled() -> None:
    found = authors(SEEN)

    assert found.schema == frame_schema(Author)
    assert found.select("author_id", "name_key").rows() == [
        (key("j oripov"), "j oripov"),
        (key("nigora salimova"), "nigora salimova"),
    ]


def test_the_byline_of_a_version_keeps_its_order_and_names_nobody_twice() -> None:
    found = article_authors(SEEN.tail(1), SOURCE)

    assert found.schema == frame_schema(ArticleAuthor)
    assert found.select("position", "author_id", "printed_name").rows() == [
        (1, key("nigora salimova"), "Nigora Salimová"),
        (2, key("j oripov"), "J. Oripov"),
    ]


def test_persons_and_organisations_keep_their_order_and_what_they_did() -> None:
    bylines = [
        {"name": "Reuters", "kind": "organisation", "role": "author", "orcid": None},
        {"name": "J. Oripov", "kind": "person", "role": "author", "orcid": "0000-0002-1825-0097"},
        {"name": "J.  ORIPOV", "kind": "person", "role": "photographer", "orcid": None},
        {"name": "Nigora Salimova", "kind": "person", "role": "translator", "orcid": None},
    ]
    signed = SEEN.tail(1).with_columns(authors=pl.Series([bylines], dtype=PAGES["authors"]))

    found = article_authors(signed, SOURCE)

    assert found.select("position", "printed_name", "kind", "role", "orcid").rows() == [
        (1, "Reuters", "organisation", "author", None),
        (2, "J. Oripov", "person", "author", "0000-0002-1825-0097"),
        (3, "Nigora Salimova", "person", "translator", None),
    ]


def test_every_author_of_a_byline_is_an_author() -> None:
    assert set(article_authors(SEEN, SOURCE)["author_id"]) <= set(authors(SEEN)["author_id"])


def test_pages_without_authors_give_none() -> None:
    nameless = SEEN.with_columns(authors=pl.lit([], PAGES["authors"]))

    assert authors(nameless).is_empty()
    assert article_authors(nameless, SOURCE).is_empty()


def test_no_pages_give_no_rows() -> None:
    nothing = SEEN.clear()

    assert articles(nothing, SOURCE).is_empty()
    assert article_versions(nothing, SOURCE).is_empty()
    assert article_authors(nothing, SOURCE).is_empty()


class TestSealed:
    versions = article_versions(SEEN, SOURCE)
    owned = article_authors(SEEN, SOURCE)

    def hashes(self, owned: pl.DataFrame) -> list[int]:
        return sealed(self.versions, {ArticleAuthor: owned})["derived_hash"].to_list()

    def test_every_version_has_a_hash(self) -> None:
        nothing = pl.DataFrame(schema=frame_schema(Citation))
        found = sealed(self.versions, {ArticleAuthor: self.owned.clear(), Citation: nothing})

        assert found.schema == frame_schema(ArticleVersion)
        assert found["derived_hash"].null_count() == 0

    def test_the_hash_does_not_depend_on_the_order_of_rows(self) -> None:
        assert self.hashes(self.owned) == self.hashes(self.owned.reverse())

    def test_a_changed_row_changes_the_hash_of_its_version_alone(self) -> None:
        changed = self.owned.with_columns(
            printed_name=pl.when(pl.int_range(pl.len()) == 0)
            .then(pl.lit("N. Salimova"))
            .otherwise("printed_name")
        )
        before, after = self.hashes(self.owned), self.hashes(changed)

        differ = [
            v for v, a, b in zip(self.versions["version_id"], before, after, strict=True) if a != b
        ]
        assert differ == [self.owned["version_id"][0]]

    def test_a_lost_row_changes_the_hash(self) -> None:
        assert self.hashes(self.owned) != self.hashes(self.owned.tail(-1))
