"""JSON as DRF renders it, by a faster library."""

from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

# Times end in Z, as DRF writes them.
OPTIONS = orjson.OPT_UTC_Z

other_types = JSONEncoder().default


class QuickJSONRenderer(JSONRenderer):
    """DRF renders the rest: whole numbers of more than 64 bits, indented text, other keys."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Any = None,
    ) -> bytes:
        """Return the bytes of an answer."""
        if data is None:
            return b""
        if not (accepted_media_type and ";" in accepted_media_type):
            try:
                return orjson.dumps(data, default=other_types, option=OPTIONS)
            except orjson.JSONEncodeError:
                pass
        rendered: bytes = super().render(data, accepted_media_type, renderer_context)
        return rendered
