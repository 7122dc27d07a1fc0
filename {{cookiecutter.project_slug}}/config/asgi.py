"""The application as the production server runs it: config.wsgi behind guard.gateway."""

from django.conf import settings
from django.utils.module_loading import import_string

from config.listener import listener_number
from config.wsgi import application as wsgi_application
from guard.closing import Closing

application = import_string(settings.GATEWAY)(
    wsgi_application,
    Closing(listener_number()),
    threads=settings.SERVER_THREADS,
    size=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    seconds=settings.SERVER_BODY_SECONDS,
)
