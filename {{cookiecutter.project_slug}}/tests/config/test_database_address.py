"""Whether the way to the database is encrypted is decided by somebody, not by chance."""

from functools import partial
from pathlib import Path

import pytest

from config.database_address import ANSWERS, VERIFIED, postgresql
from config.faults import ValidationError

decided = partial(postgresql, tls_is_decided=True)
FAR = ("db.example.com", "10.0.0.5", "[2001:db8::5]", "db.data.svc", "db,db.example.com")
NEAR = ("db", "localhost", "127.0.0.1", "[::1]", "", "%2Frun%2Fpostgresql", "@service")


@pytest.fixture
def ca(tmp_path: Path) -> Path:
    """Return the file of a CA; only that it can be read is looked at."""
    file = tmp_path / "ca.pem"
    file.touch()
    return file


@pytest.mark.parametrize("host", FAR)
def test_the_way_to_another_machine_is_encrypted(host: str) -> None:
    assert decided(f"postgresql://u:p@{host}/name")["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("host", FAR)
@pytest.mark.parametrize("mode", ["prefer", "allow"])
def test_a_way_that_may_be_in_clear_is_no_decision(host: str, mode: str) -> None:
    with pytest.raises(ValidationError, match="promises nothing"):
        decided(f"postgresql://u:p@{host}/name?sslmode={mode}")


def test_the_address_behind_a_name_counts() -> None:
    settings = decided("postgresql://u:p@db/name?hostaddr=10.0.0.5")
    assert settings["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("host", FAR)
@pytest.mark.parametrize("mode", ANSWERS)
def test_a_decision_is_kept(host: str, mode: str, ca: Path) -> None:
    settings = decided(f"postgresql://u:p@{host}/name?sslmode={mode}&sslrootcert={ca}")
    assert settings["OPTIONS"] == {"sslmode": mode, "sslrootcert": str(ca)}


@pytest.mark.parametrize("host", NEAR)
def test_a_database_beside_the_service_needs_none(host: str) -> None:
    assert decided(f"postgresql://u:p@{host}/name")["OPTIONS"] == {}


@pytest.mark.parametrize("mode", VERIFIED)
def test_a_ca_that_is_not_there_stops_the_start(mode: str, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="without sslrootcert"):
        decided(f"postgresql://u:p@db/name?sslmode={mode}")
    with pytest.raises(ValidationError, match="cannot be read: No such file"):
        decided(f"postgresql://u:p@db/name?sslmode={mode}&sslrootcert={tmp_path / 'gone'}")


def test_the_public_cas_are_no_file() -> None:
    decided("postgresql://u:p@db.example.com/name?sslmode=verify-full&sslrootcert=system")
