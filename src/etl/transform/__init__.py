"""Frames to frames, pure: no clock, no disk, no network, no settings."""
