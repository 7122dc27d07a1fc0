"""Which of a proxy's statements are believed; both are independent, and none is by default."""

from config.environment import env

TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", "0", minimum=0, maximum=10)
BEHIND_TLS_PROXY = env.flag("BEHIND_TLS_PROXY", "no")
