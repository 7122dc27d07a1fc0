"""The application as the production server runs it: config.wsgi behind guard.gateway."""

from django.conf import settings
from django.utils.module_loading import import_string

from config.wsgi import application as wsgi_application

application = import_string(settings.GATEWAY)(
    wsgi_application,
    threads=settings.SERVER_THREADS,
    size=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    seconds=settings.SERVER_BODY_SECONDS,
)
