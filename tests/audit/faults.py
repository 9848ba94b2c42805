"""Ways to spoil a staged page, each with the expectation that is meant to notice."""

from typing import NamedTuple


class Fault(NamedTuple):
    """What spoils one page, and who should notice; the SQL yields the keys of the bad rows.

    In the SQL, `:version` and `:article` are those of the page.
    """

    suite: str
    expectation: str
    sql: str


FIRST = "start_offset = (select min(start_offset) from mentions where version_id = :version)"
OTHER = f"not {FIRST}"
SECOND = "select citation_id from citations where version_id = :version and position = 2"


def article(expectation: str, changes: str) -> Fault:
    """A fault of the page's article."""
    sql = f"update articles set {changes} where article_id = :article returning article_id"
    return Fault("articles", expectation, sql)


def version(expectation: str, changes: str) -> Fault:
    """A fault of the page's version."""
    sql = f"update article_versions set {changes} where version_id = :version returning version_id"
    return Fault("article_versions", expectation, sql)


def author(expectation: str, changes: str) -> Fault:
    """A fault of the page's author."""
    named = "select author_id from article_authors where version_id = :version"
    sql = f"update authors set {changes} where author_id in ({named}) returning author_id"
    return Fault("authors", expectation, sql)


def byline(expectation: str, changes: str) -> Fault:
    """A fault of the only name in the byline."""
    sql = f"update article_authors set {changes} where version_id = :version"
    return Fault("article_authors", expectation, f"{sql} returning version_id, position")


def entity(expectation: str, changes: str) -> Fault:
    """A fault of the entity that only this page names."""
    named = f"select entity_id from mentions where version_id = :version and {FIRST}"
    sql = f"update entities set {changes} where entity_id in ({named}) returning entity_id"
    return Fault("entities", expectation, sql)


def alias(expectation: str, changes: str) -> Fault:
    """A fault of the alias of that entity."""
    named = f"select entity_id from mentions where version_id = :version and {FIRST}"
    sql = f"update entity_aliases set {changes} where entity_id in ({named}) returning alias_id"
    return Fault("entity_aliases", expectation, sql)


def mention(expectation: str, changes: str, where: str = FIRST) -> Fault:
    """A fault of one mention, the first of two if not said otherwise."""
    sql = f"update mentions set {changes} where version_id = :version and {where}"
    return Fault("mentions", expectation, f"{sql} returning mention_id")


def work(expectation: str, changes: str) -> Fault:
    """A fault of the work that only this page cites."""
    cited = "select work_id from citations where version_id = :version and position = 1"
    sql = f"update works set {changes} where work_id in ({cited}) returning work_id"
    return Fault("works", expectation, sql)


def citation(expectation: str, changes: str) -> Fault:
    """A fault of the second of two citations."""
    sql = f"update citations set {changes} where version_id = :version and position = 2"
    return Fault("citations", expectation, f"{sql} returning citation_id")


def context(expectation: str, changes: str) -> Fault:
    """A fault of the first of two markers."""
    sql = f"update citation_contexts set {changes} where version_id = :version"
    return Fault(
        "citation_contexts", expectation, f"{sql} and cited_label = '1' returning context_id"
    )


def name(expectation: str, changes: str) -> Fault:
    """A fault of the only name of the second of two citations."""
    sql = f"update citation_names set {changes} where citation_id = ({SECOND})"
    return Fault("citation_names", expectation, f"{sql} returning citation_id, position")


def part(expectation: str, changes: str) -> Fault:
    """A fault of the only labelled part of the second of two citations."""
    sql = f"update citation_fields set {changes} where citation_id = ({SECOND})"
    return Fault("citation_fields", expectation, f"{sql} returning citation_id, position")


def signature(expectation: str, changes: str) -> Fault:
    """A fault of the signature of the page's version."""
    sql = f"update signatures set {changes} where version_id = :version returning version_id"
    return Fault("signatures", expectation, sql)


MORE_OF_THE_ARTICLE = """
    insert into articles
    select article_id + 1, source_id, url || '/more', first_seen_at, last_seen_at
    from articles where article_id = :article
    returning article_id
"""

AUTHOR_AGAIN = """
    insert into article_authors
    select version_id, 2, author_id, printed_name
    from article_authors where version_id = :version
    returning version_id, position
"""

MENTION_AGAIN = f"""
    insert into mentions
    select * from mentions where version_id = :version and {FIRST}
    returning mention_id
"""

FIELD_AGAIN = f"""
    insert into citation_fields
    select citation_id, 2, version_id, field, start_offset, end_offset, surface, confidence
    from citation_fields where citation_id = ({SECOND})
    returning citation_id, position
"""

CITES_ITS_OWN_TITLE = """
    with own as (
        update works
        set title_key = (select title_key from article_versions where version_id = :version)
        where work_id in (
            select work_id from citations where version_id = :version and position = 1
        )
        returning work_id
    )
    select citation_id from citations where version_id = :version and position = 1
"""

SHIFTED = "start_offset = start_offset + 1, end_offset = end_offset + 1"
SAME_SPAN = f"""(start_offset, end_offset) = (
    select start_offset, end_offset from mentions where version_id = :version and {FIRST}
)"""
OWN_URL = "url = (select url from articles where article_id = :article)"

FAULTS = (
    article("url_is_absolute", "url = 'steppe.example/5'"),
    article("schema_check_ck_articles_seen_in_order", "last_seen_at = '2001-01-01'"),
    article("schema_check_fk_articles_source_id", "source_id = 1"),
    Fault("articles", "article_was_read", MORE_OF_THE_ARTICLE),
    version("title_has_letters", "title = '— — 1 — —'"),
    version("title_length", "title = 'Wars'"),
    version("title_length", "title = repeat('Wars ', 61)"),
    version("body_has_words", "word_count = 0"),
    version("body_is_long_enough", "word_count = 49"),
    version("content_hash_is_sha256", "content_hash = upper(content_hash)"),
    version("snapshot_hash_is_sha256", "snapshot_hash = 'none'"),
    version("seen_before_fetched", "seen_from_at = fetched_at + interval '1 second'"),
    version("not_fetched_in_the_future", "fetched_at = '2024-06-01 01:00:01+00'"),
    version("published_before_fetched", "published_at = '2024-05-03 00:00:01+00'"),
    version("published_is_not_contradicted", "published_confidence = 0.5"),
    version("published_since_1990", "published_at = '1989-12-31 23:59:59+00'"),
    version("language_is_read_here", "language = 'sw'"),
    version("language_agrees_with_script", "language = 'fa', script = 'Latn'"),
    version("language_agrees_with_script", "language = 'en', script = 'Cyrl'"),
    version("text_is_undamaged", "title = 'CafÃ© of the herders'"),
    version("text_is_undamaged", "body = 'Ð¡Ñ‚ÐµÐ¿ÑŒ Ð¸ Ð²Ð¾Ð´Ð°. ' || body"),
    version("text_is_undamaged", "body = 'It’s said: ' || chr(146) || body"),
    version("no_reference_heading_at_the_end", r"body = body || E'\n Литература:\n'"),
    version("no_reference_heading_at_the_end", r"body = body || E'\nREFERENCES'"),
    version("no_teaser_at_the_start", r"body = E'Elsewhere, the well ran dry and…\n' || body"),
    version("schema_check_not_null", "title = null"),
    version("schema_check_ck_article_versions_published_whole", "published_method = null"),
    version(
        "schema_check_ck_article_versions_published_precision_known", "published_precision = 'h'"
    ),
    version("schema_check_fk_article_versions_article_id", "article_id = 1"),
    author("name_length", "name = 'A'"),
    author("name_is_no_date", "name = '3 May 2024'"),
    author("name_is_no_date", "name = 'AUGUST'"),
    author("name_is_no_address", "name = 'me@steppe'"),
    byline("byline_is_short", "position = 21"),
    byline("places_without_gaps", "position = 2"),
    byline("orcid_is_written_out", "orcid = '0000000218250097'"),
    byline("person_is_no_agency", "printed_name = 'Herders Press Agency'"),
    byline("person_is_no_agency", "printed_name = 'خبرگزاری دام'"),
    byline("schema_check_ck_article_authors_position_from_1", "position = 0"),
    byline("schema_check_fk_article_authors_author_id", "author_id = 1"),
    Fault("article_authors", "author_named_once", AUTHOR_AGAIN),
    entity("name_length", "name = 'H'"),
    entity("country_code_is_a_code", "iso_3166 = 'tj'"),
    entity("country_has_a_code", "kind = 'country'"),
    entity("schema_check_ck_entities_kind_known", "kind = 'ministry'"),
    entity("schema_check_ck_entities_coordinates_whole", "latitude = 1"),
    alias("alias_is_collapsed", "alias = 'Herder  Union'"),
    alias("schema_check_fk_entity_aliases_entity_id", "entity_id = 1"),
    mention("surface_is_in_the_body", SHIFTED),
    mention("surface_is_in_the_body", "start_offset = end_offset, end_offset = start_offset"),
    mention("surface_is_in_the_body", "start_offset = 1000000, end_offset = 1000014"),
    mention("surface_is_in_the_body", "start_offset = -5"),
    mention("surface_is_in_the_body", "surface = replace(surface, 'e', 'ё')"),
    mention("surface_is_in_the_body", "end_offset = end_offset + 20"),
    mention("mentions_do_not_overlap", "start_offset = start_offset - 20", OTHER),
    mention("surface_on_one_line", r"surface = E'Herder\nUnion'"),
    mention("schema_check_ck_mentions_confidence_share", "confidence = 1.01"),
    mention("schema_check_ck_mentions_span_length", "surface = surface || 's'"),
    mention("schema_check_ck_mentions_inside_sentence", "sentence_end_offset = end_offset - 1"),
    mention("schema_check_fk_mentions_entity_id", "entity_id = 1"),
    mention("schema_check_fk_mentions_version_id", "version_id = 1"),
    mention("schema_check_uq_mentions_version_id_start_offset_end_offset", SAME_SPAN, OTHER),
    Fault("mentions", "schema_check_pk_mentions", MENTION_AGAIN),
    work("title_length", "title = 'II'"),
    work("year_is_plausible", "year = 3000"),
    work("doi_is_a_doi", "doi = 'doi:10.1/x'"),
    work("isbn_is_an_isbn", "isbn = '0306406152'"),
    citation("raw_is_in_the_list", "start_offset = start_offset + 1"),
    citation("positions_without_gaps", "position = 3"),
    citation("entry_length", "raw = 'p. 12'"),
    citation("year_is_plausible", "year = 1499"),
    citation("cited_before_published", "year = 2026"),
    citation("not_the_article_itself", OWN_URL),
    citation("schema_check_fk_citations_work_id", "work_id = 1"),
    citation("schema_check_fk_citations_repeats_citation_id", "repeats_citation_id = 1"),
    citation("repeats_an_earlier_entry", "repeats_citation_id = citation_id"),
    Fault("citations", "not_the_article_itself", CITES_ITS_OWN_TITLE),
    citation("issued_is_iso_8601", "issued = '2008 May'"),
    citation("visited_after_published", "year = 2012, accessed = '2011-05-03'"),
    citation("pages_in_order", "page_first = '44', page_last = '9'"),
    citation("isbn_is_an_isbn", "isbn = '0306406152'"),
    name("places_without_gaps", "position = 2"),
    name("name_is_in_the_entry", "printed = 'Ospanov'"),
    name("name_is_short", "printed = repeat(printed, 20)"),
    name("family_is_no_initial", "family = 'A.B.'"),
    part("field_is_in_its_entry", "start_offset = start_offset + 1"),
    Fault("citation_fields", "fields_do_not_overlap", FIELD_AGAIN),
    context("marker_is_in_the_body", "surface = '[9]'"),
    context("marker_is_short", "surface = repeat('[1]', 30)"),
    context("schema_check_fk_citation_contexts_citation_id", "citation_id = 1"),
    signature("shingles_are_of_the_body", "shingle_count = 1000"),
    signature("body_repeats_little", "shingle_count = 50"),
    signature("schema_check_ck_signatures_bands_whole", "bands = bands[2:]"),
    signature("schema_check_ck_signatures_sketch_whole", "sketch = '{}'"),
    signature("schema_check_ck_signatures_shingle_count_positive", "shingle_count = 0"),
)
"""At least one for every expectation about rows."""

ABOUT_TABLES = {
    ("sources", "one_source"),
    ("article_versions", "anything_read"),
    ("article_versions", "most_are_dated"),
    ("citation_contexts", "most_point_to_an_entry"),
}
"""Expectations about whole tables, or about shares of them."""
