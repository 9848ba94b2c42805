-- What an outcome means for whoever looks after a source.
-- Grain: one row per outcome.
-- outcome: How a URL of a run ended (`ops.outcomes`).
-- kind: loaded, unchanged, duplicate, rejected (there is no article, or it may not be read),
--   failed (a person should look) or postponed (a later run will).
select
    outcome,
    kind
from (
    values
        ('loaded', 'loaded'),
        ('unchanged', 'unchanged'),
        ('duplicate', 'duplicate'),
        ('not_an_article', 'rejected'),
        ('soft_404', 'rejected'),
        ('unreadable', 'rejected'),
        ('too_large', 'rejected'),
        ('gone', 'rejected'),
        ('robots', 'rejected'),
        ('refused', 'rejected'),
        ('suspended', 'failed'),
        ('consent_wall', 'failed'),
        ('charset', 'failed'),
        ('http_status', 'failed'),
        ('redirects', 'failed'),
        ('timeout', 'failed'),
        ('dns', 'failed'),
        ('tls', 'failed'),
        ('connection', 'failed'),
        ('truncated', 'failed'),
        ('fetch_failed', 'failed'),
        ('set_aside', 'failed'),
        ('postponed', 'postponed')
) as told (outcome, kind)
