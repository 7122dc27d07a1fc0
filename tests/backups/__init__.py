"""Backups of a service that is written to, restored into another cluster and compared."""
