"""The application as the production server runs it: config.wsgi behind guard.gateway."""

from django.conf import settings

from config.wsgi import application as wsgi_application
from guard.gateway import Gateway

application = Gateway(
    wsgi_application,
    threads=settings.SERVER_THREADS,
    size=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    seconds=settings.SERVER_BODY_SECONDS,
)
