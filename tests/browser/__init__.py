"""A real browser, on a service that runs as in production, over TLS."""
