"""How a service grows: with clients and processes, with rows, with clients that are limited."""
