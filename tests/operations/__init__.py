"""What docs/operations.md tells people to type, typed: against real servers, under load.

Docker is stood in for (stand_in.py): each container is a process here, with its own environment
and its own secrets as the compose files say. All else is what a server has: prepare.sh, rotate.sh,
apply-roles.sh, PostgreSQL, Redis, the production server.
"""
