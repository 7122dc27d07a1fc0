# option: jwt
"""A user and a login of theirs."""

import pytest

from accounts.models import User
from jwt_login import services
from jwt_login.models import JwtLogin
from jwt_login.services import TokenPair


@pytest.fixture
def user(anna: User) -> User:
    return anna


@pytest.fixture
def pair(user: User) -> TokenPair:
    return services.start(user)


@pytest.fixture
def login(pair: TokenPair) -> JwtLogin:
    """The row of the pair's login; read it again after a call that changes it."""
    return JwtLogin.objects.get()
