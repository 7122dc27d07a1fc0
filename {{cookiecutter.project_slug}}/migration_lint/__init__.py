"""Judges migrations before they meet a service that is running: `./run migrations`.

A migration runs while the release before it still serves (docs/migrations.md). No database is
asked: the SQL is what Django would send to PostgreSQL, and squawk says what it locks or breaks.
"""
