"""The WSGI application, production unless told otherwise."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from guard.content_type import PlainContentType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = PlainContentType(get_wsgi_application())

# Threads do not survive a fork: this file is read in the worker itself.
for start in settings.WORKER_STARTS:
    import_string(start)()
