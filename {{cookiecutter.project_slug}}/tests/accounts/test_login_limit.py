"""Guessing passwords: ten tries a minute for a network, through all doors together."""

from itertools import cycle, islice

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient
from time_machine import TimeMachineFixture

from accounts.models import User
from tests.accounts.doors import DOORS, Door, at_every_door
from tests.conftest import PASSWORD
from tests.lines import Lines

TRIES = 10


def exhaust(client: APIClient) -> None:
    """Use up the tries with wrong passwords, at each door in turn."""
    for door in islice(cycle(DOORS.values()), TRIES):
        assert door.knock(client, "staff", "wrong").status_code == door.wrong


@at_every_door
def test_the_eleventh_try_is_429_even_with_the_right_password(
    client: APIClient, staff: User, door: Door, events: Lines
) -> None:
    for _ in range(TRIES):
        assert door.knock(client, "staff", "wrong").status_code == door.wrong
    answer = door.knock(client, "staff", PASSWORD)
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert len(events.named("authn_login_fail")) == TRIES
    assert len(events.named("authn_login_fail_max")) == 1


@at_every_door
def test_tries_at_one_door_count_at_every_other(client: APIClient, staff: User, door: Door) -> None:
    exhaust(client)
    assert door.knock(client, "staff", PASSWORD).status_code == 429


@at_every_door
def test_a_refused_try_costs_no_query_and_no_hash(
    client: APIClient,
    staff: User,
    door: Door,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    exhaust(client)
    monkeypatch.setattr("django.contrib.auth.hashers.MD5PasswordHasher.encode", None)
    with django_assert_num_queries(0):
        assert door.knock(client, "staff", PASSWORD).status_code == 429


def test_the_owner_gets_in_from_another_network_meanwhile(client: APIClient, staff: User) -> None:
    exhaust(client)
    for door in DOORS.values():
        answer = door.knock(client, "staff", PASSWORD, address="198.51.100.7")
        assert answer.status_code == door.right


def test_an_ipv6_subscriber_does_not_get_tries_by_changing_addresses(
    client: APIClient, staff: User
) -> None:
    door = DOORS["api token"]
    for host in range(TRIES):
        door.knock(client, "staff", "wrong", address=f"2001:db8:1:2::{host:x}")
    inside, outside = "2001:db8:1:2:ffff::1", "2001:db8:1:3::1"
    assert door.knock(client, "staff", PASSWORD, address=inside).status_code == 429
    assert door.knock(client, "staff", PASSWORD, address=outside).status_code == 201


def test_after_the_time_that_retry_after_names_tries_are_allowed_again(
    client: APIClient, staff: User, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    exhaust(client)
    door = DOORS["api token"]
    wait = int(door.knock(client, "staff", PASSWORD)["Retry-After"])
    time_machine.shift(wait + 1)
    assert door.knock(client, "staff", PASSWORD).status_code == door.right
