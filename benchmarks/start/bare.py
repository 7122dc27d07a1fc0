"""Django REST framework and one view, with nothing around: what each start is compared with."""

from __future__ import annotations

BARE = '''\
"""One view that answers JSON; as little of Django and REST framework as they run with."""

from django.conf import settings

settings.configure(
    SECRET_KEY="bare",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="bare",
    USE_TZ=True,
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "rest_framework",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "bare"}},
    MIDDLEWARE=[],
)

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()

from django.urls import path  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402


class Hello(APIView):
    """Answers anybody."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request):
        """Answer a name."""
        return Response({"name": "bare"})


urlpatterns = [path("", Hello.as_view())]
'''
