"""The image and the compose file, built and run with podman: `./run image`.

Takes minutes and needs root, podman, buildah and debootstrap, so the suite does not run it. No
official image is pulled: stand-ins made of Debian's packages take their names.
"""
