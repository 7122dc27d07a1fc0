"""A column renamed while the service is used. benchmarks/README.md says how to run it."""
