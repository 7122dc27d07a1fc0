# Debian's PostgreSQL, laid out and started as the official image is.
FROM localhost/stand-in/debian
RUN groupadd --system --gid 999 postgres \
    && useradd --system --uid 999 --gid 999 --home-dir /var/lib/postgresql postgres \
    && apt-get update -q \
    && export DEBIAN_FRONTEND=noninteractive \
    && apt-get install -qy --no-install-recommends postgresql-common \
    && echo "create_main_cluster = false" >>/etc/postgresql-common/createcluster.conf \
    && apt-get install -qy --no-install-recommends postgresql-17 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb /var/lib/postgresql/* \
    && install -d -o postgres -g postgres -m 1777 /var/lib/postgresql/data \
    && install -d -o postgres -g postgres -m 3777 /run/postgresql
COPY postgres.sh /usr/local/bin/docker-entrypoint.sh
ENV PATH=/usr/lib/postgresql/17/bin:/usr/local/bin:/usr/bin:/bin \
    PGDATA=/var/lib/postgresql/data
VOLUME /var/lib/postgresql/data
ENTRYPOINT ["sh", "/usr/local/bin/docker-entrypoint.sh"]
STOPSIGNAL SIGINT
CMD ["postgres"]
