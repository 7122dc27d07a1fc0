"""Sessions in the database, under a digest of their id.

The id in the cookie is a credential; whoever reads the table must not be able to use it (OWASP
ASVS 14.2). It is random enough (Django makes it of 32 characters) to need neither salt nor a
slow hash. SESSION_ENGINE names this module.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session


def digest_of(session_key: str) -> str:
    """Return what is stored; it fits the 40 characters of Django's column."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Django's store, with a digest wherever the database is asked; synchronous only.

    A frozen one is read and never written: with READ_ONLY, but for requests that end a session.
    What Django writes on the way of a read can wait: a signature with the newer key, and the end
    of a session that is not valid any more.
    """

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.is_frozen: bool = settings.READ_ONLY

    def _get_session_from_db(self) -> Session | None:
        stored: Session | None = None
        if self.session_key is not None:
            # Django's own look-up, of a session by the name under which ours are stored.
            under_digest: Any = DatabaseStore(digest_of(self.session_key))
            stored = under_digest._get_session_from_db()  # noqa: SLF001 - as above
        if stored is None:
            self._session_key = None  # as Django's: an id that is not ours is never taken over
        return stored

    def exists(self, session_key: str) -> bool:
        """Tell whether there is such a session."""
        return super().exists(digest_of(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row to save."""
        row = super().create_model_instance(data)
        row.session_key = digest_of(row.session_key)
        return row

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's
        """Save it, unless it is frozen."""
        if not self.is_frozen:
            super().save(must_create)

    def cycle_key(self) -> None:
        """Give it another id, unless it is frozen."""
        if not self.is_frozen:
            super().cycle_key()

    def delete(self, session_key: str | None = None) -> None:
        """Delete a session, by default this one, unless it is frozen."""
        key = session_key or self.session_key
        if key is not None and not self.is_frozen:
            super().delete(digest_of(key))
