"""The WSGI application, production unless told otherwise."""

import os

from django.core.wsgi import get_wsgi_application

from guard.content_type import PlainContentType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = PlainContentType(get_wsgi_application())
