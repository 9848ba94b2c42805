-- Who and what current articles name, and in which sentence.
-- Grain: one row per mention in the current version of an article.
-- source: Name of the source, as in its source file.
-- title: Headline of the article as printed.
-- url: Canonical URL of the article.
-- entity: Canonical name of the entity; null for dates and what could not be resolved.
-- sentence: The sentence around the mention, cut from the body.
select
    mentions.mention_id,
    mentions.version_id,
    current.article_id,
    sources.name as source,
    articles.url,
    current.title,
    current.published_at,
    current.language,
    mentions.kind,
    mentions.entity_id,
    entities.name as entity,
    entities.iso_3166,
    entities.geonames_id,
    entities.wikidata_id,
    entities.latitude,
    entities.longitude,
    mentions.surface,
    mentions.start_offset,
    mentions.end_offset,
    substr(
        current.body,
        mentions.sentence_start_offset + 1,
        mentions.sentence_end_offset - mentions.sentence_start_offset
    ) as sentence,
    mentions.confidence,
    mentions.extractor,
    mentions.extractor_version,
    mentions.loaded_at
from warehouse.mentions
join warehouse.article_versions as current using (version_id)
join warehouse.articles using (article_id)
join warehouse.sources using (source_id)
left join warehouse.entities using (entity_id)
where current.is_current
