"""System checks of our own: `manage.py check --deploy` and the server's start refuse these.

Each is explained, with its id, in docs/checks.md. What Django checks itself is not repeated.
"""
