"""Feeds of every kind to links: what a source announces, by a reader for each kind.

Every reader has a function `links(feed, asker)`; `kinds` names them all. What is done with links
belongs to `etl.extract`, and what may be written in a source file to `etl.sources.feeds`.
"""
