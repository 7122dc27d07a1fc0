"""The two hooks, read and run as ordinary modules."""
