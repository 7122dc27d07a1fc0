"""Bodies: JSON that means one thing, of a bounded size; the rest is the client's fault."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from guard.exceptions import TooLarge
from guard.parsers import StrictJSONParser

pytestmark = [pytest.mark.urls("tests.guard.urls"), pytest.mark.django_db]

URL = "/api/test/echo/"
LIMIT = 1_000_000  # bytes
JSON = "application/json"


def keys(number: int) -> bytes:
    """Return an object of many members."""
    return json.dumps(dict.fromkeys(map(str, range(number)), 1)).encode()


READ: list[tuple[bytes, Any]] = [
    (b'{"a": [1, 2.5, true, null, "x"]}', {"a": [1, 2.5, True, None, "x"]}),
    ('"gr\u00fc\u00df dich"'.encode(), "gr\u00fc\u00df dich"),
    (rb'"\ud83d\ude00"', "\U0001f600"),
    (rb'"\\ud83d"', r"\ud83d"),
    (rb'{"a": "\\u0000"}', {"a": r"\u0000"}),
    (b"1" * 40, int("1" * 40)),
    (b"1e308", 1e308),
    (b"[" * 100 + b"]" * 100, None),
    (b"", {}),
    (keys(1000), dict.fromkeys(map(str, range(1000)), 1)),
    (b"[" + b"[]," * 1000 + b"[]]", [[]] * 1001),
]
REFUSED = {
    "NaN": b'{"a": NaN}',
    "infinity": b"[Infinity, -Infinity]",
    "a number read as infinity": b"[1e999]",
    "a number read as minus infinity": b"[-1e999]",
    "a key twice": b'{"a": 1, "a": 2}',
    "a key twice, deep inside": b'[{"b": {"a": 1, "a": 2}}]',
    "a key twice, once escaped": rb'{"a": 1, "\u0061": 2}',
    "a huge integer": b"9" * 41,
    "a huge negative integer": b"-" + b"9" * 41,
    "an integer that takes seconds": b"9" * 900_000,
    "100,000 lists in each other": b"[" * 100_000 + b"]" * 100_000,
    "100,000 objects in each other": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "101 lists in each other": b"[" * 101 + b"]" * 101,
    "101 objects in each other": b'{"a":' * 101 + b"1" + b"}" * 101,
    "deep, beside what is not": b"[1, {}, " + b"[" * 101 + b"]" * 101 + b"]",
    "1001 keys": keys(1001),
    "80,000 keys": keys(80_000),
    "a huge exponent": b"[1e" + b"9" * 900_000 + b"]",
    "NUL": b'"a\x00b"',
    "an escaped NUL": rb'"a\u0000b"',
    "an escaped NUL, deep inside": rb'[{"a": ["\u0000"]}]',
    "an escaped NUL in a key": rb'{"a\u0000": 1}',
    "half a character": rb'"\ud800"',
    "half a character in lower case, deep inside": rb'[{"a": ["x\udfff"]}]',
    "half a character in upper case": rb'{"a": "\uDBFF"}',
    "half a character and half another": rb'["\ud83d", "\ude00"]',
    "half a character as a key": rb'{"\uDFFF": 1}',
    "two halves of a key in the wrong order": rb'[{"\ude00\ud83d": 1}]',
    "not UTF-8": b'"\xff"',
    "Latin-1": '"\u00fc"'.encode("latin-1"),
    "UTF-16": '"x"'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a line end in a text": b'"a\nb"',
    "a comma too many": b"[1,]",
    "single quotes": b"{'a': 1}",
    "a comment": b"{} // x",
    "two values": b"{} {}",
    "half a value": b'{"a"',
    "blanks": b"   ",
    "a form": b"username=anna&password=x",
}
UNSUPPORTED = {
    "a form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data; boundary=x",
    "multipart without boundary": "multipart/form-data",
    "text": "text/plain",
    "another JSON": "text/json",
    "JSON of a kind": "application/vnd.api+json",
    "XML": "application/xml",
    "nearly JSON": "application/jsonp",
    "JSON behind a comma": "text/plain, application/json",
    "JSON as a parameter": "text/plain; application/json",
    "bytes": "application/octet-stream",
    "garbage": "garbage",
    "empty": "",
}


def post(body: Any, content_type: str = JSON) -> Any:
    return APIClient().generic("POST", URL, body, content_type)


@pytest.mark.parametrize(("body", "value"), READ, ids=range(len(READ)))
def test_json_is_read(body: bytes, value: Any) -> None:
    answer = post(body)
    assert answer.status_code == 200
    assert value is None or answer.json()["data"] == value


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_what_is_not_plain_json_is_a_400(body: bytes) -> None:
    answer = post(body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "parse_error"


@pytest.mark.parametrize("content_type", UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_anything_but_json_is_a_415(content_type: str) -> None:
    assert post(b"{}", content_type).status_code == 415


def test_files_have_no_place_here() -> None:
    file = SimpleUploadedFile("x.txt", b"x")
    assert APIClient().post(URL, {"file": file}, format="multipart").status_code == 415


@pytest.mark.parametrize(("size", "status"), [(LIMIT, 200), (LIMIT + 1, 413), (2 * LIMIT, 413)])
def test_a_body_has_a_limit(size: int, status: int) -> None:
    answer = post(b'"' + b"x" * (size - 2) + b'"')
    assert answer.status_code == status
    assert status == 200 or answer.json()["code"] == "too_large"


def test_a_body_that_hides_its_length_has_the_same_limit() -> None:
    assert StrictJSONParser().parse(BytesIO(b"1" + b" " * (LIMIT - 1))) == 1
    with pytest.raises(TooLarge):
        StrictJSONParser().parse(BytesIO(b"1" + b" " * LIMIT))


@pytest.mark.parametrize("path", ["/", f"/{settings.ADMIN_PATH}/login/"])
def test_a_form_has_the_same_limit(path: str) -> None:
    body = "a=" + "x" * LIMIT
    answer = APIClient().generic("POST", path, body, "application/x-www-form-urlencoded")
    assert answer.status_code in {405, 413}
