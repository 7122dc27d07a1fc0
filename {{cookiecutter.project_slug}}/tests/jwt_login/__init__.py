# option: jwt
