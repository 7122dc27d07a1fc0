"""The service's database as a deployment sets it up: roles, limits, TLS, poolers."""
