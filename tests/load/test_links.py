"""A cited work that is an article of this warehouse points to it."""

from datetime import UTC, datetime

import sqlalchemy as sa

from tests.load.rows import SOURCE, Page, batch, load, select, written

TITLE = "A railway across the high pass"
CITING = Page("citing", 1, cites=(TITLE,), work_year=2011)


def linked(engine: sa.Engine) -> str | None:
    """URL of the article that the only work is."""
    query = "select a.url from warehouse.works left join warehouse.articles as a using (article_id)"
    (url,) = select(engine, query)[0]
    return None if url is None else str(url)


class TestCitedArticles:
    """A cited work that is an article of this warehouse points to it."""

    IN_2011 = datetime(2011, 3, 9, tzinfo=UTC)

    def test_by_title_and_year_whichever_comes_first(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(CITING))
        assert linked(warehouse) is None

        counts = load(
            warehouse, batch(Page("cited", 2, title=TITLE, published=self.IN_2011)), "second"
        )

        assert linked(warehouse) == "cited"
        assert written(counts)["works"] == (0, 1, 0)

    def test_in_one_batch_the_link_is_no_second_write(self, warehouse: sa.Engine) -> None:
        pages = (CITING, Page("cited", 2, title=TITLE, published=self.IN_2011))

        counts = load(warehouse, batch(*pages))

        assert linked(warehouse) == "cited"
        assert written(counts)["works"] == (1, 0, 0)
        assert written(load(warehouse, batch(*pages), "second")) == {}

    def test_another_year_is_another_work(self, warehouse: sa.Engine) -> None:
        cited = Page("cited", 2, title=TITLE, published=datetime(2012, 1, 1, tzinfo=UTC))

        load(warehouse, batch(CITING, cited))

        assert linked(warehouse) is None

    def test_a_work_without_year_fits_any(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(Page("citing", 1, cites=(TITLE,)), Page("cited", 2, title=TITLE)))

        assert linked(warehouse) == "cited"

    def test_short_titles_say_nothing(self, warehouse: sa.Engine) -> None:
        load(
            warehouse,
            batch(Page("citing", 1, cites=("Tajikistan",)), Page("b", 2, title="Tajikistan")),
        )

        assert linked(warehouse) is None

    def test_a_url_says_more_than_a_title(self, warehouse: sa.Engine) -> None:
        citing = Page("citing", 1, cites=(TITLE,), work_url="other")
        load(warehouse, batch(citing, Page("cited", 1, title=TITLE)))
        assert linked(warehouse) == "cited"

        load(warehouse, batch(Page("other", 2)), "second")

        assert linked(warehouse) == "other"

    def test_of_several_the_smallest_key_is_taken(self, warehouse: sa.Engine) -> None:
        pages = [Page(url, 1, title=TITLE) for url in "bcdef"]
        smallest = min(pages, key=lambda page: page.article_id(SOURCE))

        for number, page in enumerate(pages):
            load(warehouse, batch(Page("citing", 1, cites=(TITLE,)), page), str(number))

        assert linked(warehouse) == smallest.url

    def test_a_corrected_date_takes_the_link_away(self, warehouse: sa.Engine) -> None:
        load(warehouse, batch(CITING, Page("cited", 1, title=TITLE, published=self.IN_2011)))
        assert linked(warehouse) == "cited"

        corrected = Page("cited", 2, title=TITLE, published=datetime(2012, 1, 1, tzinfo=UTC))
        load(warehouse, batch(corrected), "second")

        assert linked(warehouse) is None
