"""PostgreSQL as Django speaks to it, but for what base.py and timestamps.py say."""
