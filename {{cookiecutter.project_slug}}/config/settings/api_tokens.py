"""API tokens and how long a login lasts."""

# option: token_expiry or jwt
from config.environment import env

# Hours until a login ends, however often it was used. The text is parsed like the variable.
TOKEN_LIFETIME_HOURS = env.number(
    "TOKEN_LIFETIME_HOURS",
    "{{ cookiecutter.token_lifetime_hours }}",
    minimum=1,
    maximum=8760,
)
# end option

# option: token_expiry
# Hours without use after which an API token ends before its time; 0 means never.
TOKEN_IDLE_HOURS = env.number("TOKEN_IDLE_HOURS", "0", minimum=0, maximum=8760)
# end option

API_TOKENS_PER_USER = 10  # a further one takes the place of the oldest
