"""A generated service with production settings, spoken to over HTTP, on real servers."""
