"""Plain HTTP: refused under /api/, where it carries credentials; redirected for pages."""

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.logins import every_login
from tests.conftest import ME

PATHS = [ME, "/api/", "/api/v1/auth/tokens/", "/api/docs/", "/api/nowhere/"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_the_api_refuses_plain_http_and_names_no_way_on(
    http: APIClient, path: str, method: str
) -> None:
    answer = http.generic(method, path)
    assert answer.status_code == 403
    assert answer.json()["code"] == "https_required"
    assert "Location" not in answer


def test_a_good_credential_in_clear_is_refused_before_it_is_looked_at(
    http: APIClient, anna: User
) -> None:
    for caller in every_login(anna).values():
        assert caller.get(ME).status_code == 403
        assert caller.get(ME, headers={"x-forwarded-proto": "https"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/apis/", "/livez/", "/readyz/more", "/?a=b"])
def test_pages_are_redirected(http: APIClient, path: str) -> None:
    answer = http.get(path)
    assert answer.status_code == 301
    assert answer["Location"] == f"https://testserver{path}"


def test_a_redirect_never_leads_to_another_host(http: APIClient) -> None:
    assert http.get("/", HTTP_HOST="evil.test").status_code == 400
    assert http.get("/", HTTP_X_FORWARDED_HOST="evil.test")["Location"] == "https://testserver/"


def test_with_tls_everything_answers(https: APIClient, db: None) -> None:
    assert https.get("/").status_code == 200
    assert https.get(ME).status_code == 401


def test_without_the_setting_nothing_is_refused(client: APIClient, db: None) -> None:
    assert client.get(ME).status_code == 401
