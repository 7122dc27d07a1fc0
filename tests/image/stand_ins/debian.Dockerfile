FROM scratch
ADD debian.tar /
COPY ca-certificates.crt /etc/ssl/certs/
