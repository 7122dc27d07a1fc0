"""The pages of the service work in a browser, under their own policy, without a complaint."""

from __future__ import annotations

import json

import pytest

from tests.browser.watched import API, Watched
from tests.matrix.production import HOST

ADMIN = f"{API}/admin/"


@pytest.fixture
def staff(watched: Watched) -> Watched:
    """Return a page on which a member of the staff has logged in."""
    watched.log_in("staff")
    assert watched.page.url == ADMIN
    return watched


def assert_at_peace(watched: Watched) -> None:
    """Check that the console is empty, and that nobody else was asked for anything."""
    assert watched.complaints == []
    assert watched.hosts() == {HOST}


def test_a_wrong_password_is_said_on_the_login_page(watched: Watched) -> None:
    watched.open(f"{ADMIN}login/")
    assert watched.page.evaluate("getComputedStyle(document.querySelector('#header')).display") == (
        "flex"  # the styles were loaded and applied
    )
    watched.page.fill("#id_username", "nobody")
    watched.page.fill("#id_password", "a-wrong-password")
    watched.press("[type=submit]")
    assert watched.page.locator(".errornote").is_visible()
    assert_at_peace(watched)


def test_every_list_and_form_of_the_admin_works(staff: Watched) -> None:
    names = "els => els.map(el => el.href)"
    lists = staff.page.eval_on_selector_all("#content th a", names)
    assert lists
    for address in lists:
        staff.open(address)
        for link in staff.page.eval_on_selector_all("#result_list tbody th a, .addlink", names)[:2]:
            staff.open(link)
    assert_at_peace(staff)


def test_an_account_is_changed_with_the_form_of_the_admin(staff: Watched) -> None:
    staff.open(f"{ADMIN}accounts/user/?q=bob")
    staff.press("#result_list tbody th a")
    staff.page.fill("#id_first_name", "Robert")
    staff.press("[name=_continue]")
    assert staff.page.input_value("#id_first_name") == "Robert"
    assert staff.page.locator(".messagelist .success").is_visible()
    # A widget that only scripts make: the policy let them run.
    assert staff.page.locator(".selector-chosen").first.is_visible()
    assert_at_peace(staff)


def test_the_docs_show_every_operation_and_try_one_out(staff: Watched) -> None:
    staff.open(f"{API}/api/docs/")
    page = staff.page
    page.wait_for_selector(".opblock")
    schema = page.evaluate("fetch('/api/schema/?format=json').then(answer => answer.json())")
    operations = sum(len(path) for path in schema["paths"].values())
    assert page.locator(".opblock").count() == operations
    operation = page.locator(".opblock", has_text="/api/v1/me/")
    operation.locator(".opblock-summary").click()
    operation.get_by_text("Try it out").click()
    operation.get_by_text("Execute", exact=True).click()
    answer = operation.locator(".live-responses-table .response")
    answer.wait_for()
    assert answer.locator(".response-col_status").inner_text().startswith("200")
    shown = json.loads(answer.locator("pre").first.inner_text())
    assert shown["username"] == "staff"
    assert_at_peace(staff)


def test_cookies_are_of_this_host_and_out_of_reach_of_scripts(staff: Watched) -> None:
    cookies = {cookie["name"]: cookie for cookie in staff.context.cookies()}
    assert set(cookies) == {"__Host-sessionid", "__Host-csrftoken"}
    for cookie in cookies.values():
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", HOST)  # a dot before it: all hosts below
    assert staff.page.evaluate("document.cookie") == ""
