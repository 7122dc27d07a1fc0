"""PostgreSQL and Redis for the tests: the machine's own, or ones that the tests start and stop."""
