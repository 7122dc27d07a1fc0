"""What every endpoint does unless it says otherwise: closed, JSON, limited, bounded."""

from config.environment import env
from config.identity import DESCRIPTION, NAME

REST_FRAMEWORK = {
    # Sessions come last, so that a missing credential is a 401 and not a 403.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tokens.authentication.ApiTokenAuthentication",
        "jwt_login.authentication.JwtAuthentication",  # option: jwt
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["guard.throttles.UserThrottle", "guard.throttles.ScopedThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.rate("THROTTLE_ANON", "100/hour"),
        "user": env.rate("THROTTLE_USER", "1000/hour"),
        "login": env.rate("THROTTLE_LOGIN", "10/minute"),
    },
    "DEFAULT_RENDERER_CLASSES": ["guard.renderers.QuickJSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "guard.negotiation.QuickNegotiation",
    "DATETIME_FORMAT": None,  # the renderer's business
    "DEFAULT_PARSER_CLASSES": ["guard.parsers.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "guard.pagination.BoundedPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "guard.problems.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "NUM_PROXIES": 0,  # guard.edge has put the client's own address into REMOTE_ADDR
}

SPECTACULAR_SETTINGS = {
    "TITLE": NAME,
    "DESCRIPTION": DESCRIPTION,
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    # A warning fails tests/guard/test_schema.py; a start need not describe everything once more.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,  # what goes in is described apart from what comes out
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "guard.schema.add_problem",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Bodies are JSON of a known size; files have no place here.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes; more is a 413
