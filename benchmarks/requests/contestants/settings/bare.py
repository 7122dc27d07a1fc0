"""Django views and nothing around them."""

from benchmarks.requests.contestants.settings.common import *
