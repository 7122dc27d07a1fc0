"""Servers for one service, compared; benchmarks/README.md says how to run it and how to read it."""
