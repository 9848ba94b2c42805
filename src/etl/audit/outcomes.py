"""Which articles have nothing left to publish, and why."""

import sqlalchemy as sa

from etl.audit.batch import Batch, ResultRow
from etl.audit.records import VIOLATIONS, of_batch
from etl.audit.setting_aside import REASONS
from etl.schema import Article, ArticleVersion


def urls_staged(connection: sa.Connection, batch: Batch) -> dict[int, str]:
    """URLs of the staged articles, by article."""
    articles = batch.twins[Article]
    rows = connection.execute(sa.select(articles.c.article_id, articles.c.url))
    return {article_id: url for article_id, url in rows if article_id is not None}


def urls_set_aside(
    connection: sa.Connection,
    batch: Batch,
    staged: dict[int, str],
    results: tuple[ResultRow, ...],
) -> dict[str, str]:
    """Reasons by URL of the articles that lost their last staged version, or fell themselves."""
    versions = batch.twins[ArticleVersion]
    kept = set(connection.scalars(sa.select(versions.c.article_id)))
    reasons = {(result.suite, result.expectation): result.reason for result in results}
    urls: dict[str, str] = {}
    for article_id, suite, expectation in connection.execute(_violations(batch)):
        if article_id in staged and article_id not in kept:
            reason = f"{suite}.{expectation}: {reasons[suite, expectation]}"
            # The first one counts: what failed by itself comes before what followed.
            urls.setdefault(staged[article_id], reason)
    return urls


def _violations(batch: Batch) -> sa.Select[int, str, str]:
    """Article, suite and expectation of the articles and versions set aside."""
    article_id = sa.cast(VIOLATIONS.c.row_data["article_id"].as_string(), sa.BigInteger)
    return (
        sa.select(article_id, VIOLATIONS.c.suite, VIOLATIONS.c.expectation)
        .where(
            *of_batch(batch, VIOLATIONS),
            VIOLATIONS.c.is_set_aside,
            VIOLATIONS.c.suite.in_([Article.__tablename__, ArticleVersion.__tablename__]),
        )
        .order_by(
            VIOLATIONS.c.expectation.in_(REASONS), VIOLATIONS.c.suite, VIOLATIONS.c.expectation
        )
    )
