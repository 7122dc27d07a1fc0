"""Scanners of other people, against a generated service that runs as in production."""
