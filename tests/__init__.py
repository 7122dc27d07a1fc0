"""What the template promises, proven on the template and on what it generates."""

from hypothesis import settings

# The same examples in every run, on however busy a machine. Look for new ones with
# `--hypothesis-profile=search`.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("repeatable")
