"""Ways to hold connections to PostgreSQL, compared. benchmarks/README.md says how to run it."""
