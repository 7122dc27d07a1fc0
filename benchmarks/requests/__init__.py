"""Requests a second, hardened and not; benchmarks/README.md says how to run it."""
