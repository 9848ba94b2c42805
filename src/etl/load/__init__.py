"""Frames to Postgres: start it, migrate it, stage, publish, report, remember runs."""
