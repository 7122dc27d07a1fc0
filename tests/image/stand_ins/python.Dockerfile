# What the Dockerfile of a service asks of its base: `python` with pip.
FROM localhost/stand-in/debian
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
        python3 python3-pip python3-venv \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb /usr/lib/python3*/EXTERNALLY-MANAGED \
    && ln -s python3 /usr/bin/python
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
