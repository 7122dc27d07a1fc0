"""The front page, for people and programs that arrive without an address."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from config.identity import NAME


@extend_schema(exclude=True)
class RootView(APIView):
    """Name of the service and where to go on."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Response:
        """Answer the name and the links."""
        links = {"docs": "docs", "schema": "schema", "me": "me"}
        addresses = {name: reverse(route, request=request) for name, route in links.items()}
        return Response({"name": NAME, "links": addresses})
