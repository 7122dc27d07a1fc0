"""The methods of HTTP that anything here may answer (RFC 9110, 9.3; RFC 5789)."""

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
