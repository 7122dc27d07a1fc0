"""Where the microseconds of one request go, layer by layer."""
