"""What an error report may hold: a list, so that what an SDK adds one day is not sent.

An exception is its type and its places in the code. Its text is not in it: it may be a password
that was refused, an address that could not be connected to or the row that broke a constraint. The
request id finds that text in the log.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

OF_EVENT = ("environment", "event_id", "level", "platform", "release", "timestamp", "transaction")
OF_TAGS = ("request_id", "trace_id")
OF_SDK = ("name", "version")
OF_EXCEPTION = ("module", "type")
OF_FRAME = ("filename", "function", "in_app", "lineno", "module")


def allowed(event: "Event", _hint: "Hint") -> "Event | None":
    """Return a new event that holds what is listed, or None for one without an exception."""
    given: dict[str, Any] = dict(event)
    exceptions = given.get("exception", {}).get("values", [])
    if not exceptions:
        return None
    kept: Any = only(OF_EVENT, given)
    kept["tags"] = only(OF_TAGS, given.get("tags", {}))
    kept["sdk"] = only(OF_SDK, given.get("sdk", {}))
    kept["exception"] = {"values": [of_exception(one) for one in exceptions]}
    result: Event = kept
    return result


def of_exception(exception: dict[str, Any]) -> dict[str, Any]:
    """Return type and places of one exception."""
    frames = (exception.get("stacktrace") or {}).get("frames", [])
    places = {"stacktrace": {"frames": [only(OF_FRAME, frame) for frame in frames]}}
    return only(OF_EXCEPTION, exception) | (places if frames else {})


def only(names: tuple[str, ...], of: dict[str, Any]) -> dict[str, Any]:
    """Return the members that are listed and there."""
    return {name: of[name] for name in names if of.get(name) not in {None, ""}}
