"""What is installed, and the path of a request through it."""

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "corsheaders",  # option: cors
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "accounts",
    "guard",
    "jwt_login",  # option: jwt
    "notes",  # option: example_api
    "tokens",
]

# The order is a security property: a request walks down this list, its answer walks back up.
MIDDLEWARE = [
    # Turns what trusted proxies said into facts before anything reads an address or a scheme.
    "guard.edge.EdgeMiddleware",
    # Counting (metrics.py) and tracing (tracing.py) are put here where they are configured, around
    # all that may answer.
    # Gives every answer an id and every request a log line, refusals included.
    "guard.request_log.RequestLogMiddleware",
    # Puts the security headers on every answer, refusals included.
    "guard.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Answers requests whose body did not come.
    "guard.incomplete.IncompleteRequestMiddleware",
    # Answers probes, which come without TLS and with any Host.
    "guard.health.HealthMiddleware",
    # option: cors
    # Answers preflights before anything can refuse them for want of credentials.
    "guard.cors.ReportingCorsMiddleware",
    # end option
    # Refuses plain HTTP under /api/; a redirect would hide that a credential was sent in clear.
    "guard.transport.TransportMiddleware",
    # READ_ONLY: refuses what writes, before it counts for anybody.
    "guard.read_only.ReadOnlyMiddleware",
    # Says on every answer what is left of the limits that counted it.
    "guard.rate_limit_headers.RateLimitHeadersMiddleware",
    # Refuses callers without valid credentials beyond their limit, before any database work.
    "guard.anonymous_limit.AnonymousLimitMiddleware",
    "guard.static_files.StaticFilesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "guard.page_messages.PageMessagesMiddleware",
    # Nearest to the views: turns what they raise into problem details.
    "guard.problems.ProblemDetailsMiddleware",
]

# Called in each worker of a server before its first request; what is configured adds itself.
WORKER_STARTS: list[str] = []

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
