"""The image, run read-only, without capabilities and bounded, does what the service promises."""

from __future__ import annotations

import gzip
import http.client
import json
import re

import pytest

from tests.image.confined import MEMORY, PROCESSES, Confined
from tests.smoke.client import TLS
from tests.smoke.test_api_tokens import NOTES, log_in

GRACE_SECONDS = 30
LARGEST_MEGABYTES = 150
INSTALLERS = ("pip", "ensurepip", "uv", "setuptools")
COMPILERS = ("cc", "gcc", "g++", "clang", "rustc", "cargo", "make")
LEFT_OUT = (".env", ".git", "deploy", "docs", "tests", "run")


def test_it_is_small(container: Confined, capsys: pytest.CaptureFixture[str]) -> None:
    added = container.built.added_megabytes
    with capsys.disabled():
        print(f" {container.built.image}: {added:.0f} MB and its base", end="")  # noqa: T201 - a figure
    assert added < LARGEST_MEGABYTES


def test_it_is_alive_and_ready(container: Confined) -> None:
    for probe in ("/livez", "/readyz"):
        assert container.client.get(probe).status == 200


def test_its_health_check_tells_life_from_death(container: Confined) -> None:
    assert container.healthy()
    asked = "--format={{json .Config.Healthcheck.Test}}"
    text = container.built.engine("podman", "inspect", asked, container.name)
    check = json.loads(text)[1:]  # after "CMD"
    assert container.inside(*check)[0] == 0
    assert container.inside("env", "PORT=1", *check)[0] != 0


def test_a_login_works_and_a_note_is_written(container: Confined) -> None:
    token = log_in(container.client, "alice")
    written = container.client.post(NOTES, {"title": "From a container", "text": "x"}, token)
    assert written.status == 201
    assert container.client.get(f"{NOTES}{written.json['id']}/", token).status == 200


def test_static_files_are_hashed_compressed_and_kept_for_good(container: Confined) -> None:
    page = container.client.get("/admin/login/").body.decode()
    (path,) = set(re.findall(r"/static/admin/css/base\.[0-9a-f]{12}\.css", page))
    plain = container.client.get(path)
    packed = container.client.get(path, {"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    assert "immutable" in packed.headers["Cache-Control"]


def test_no_file_is_kept_twice(container: Confined) -> None:
    assert container.client.get("/static/admin/css/base.css").status == 404


def test_the_process_has_no_privilege_and_gains_none(container: Confined) -> None:
    text = container.inside("cat", "/proc/1/status")[1]
    status = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
    assert status["Uid"].split() == ["10001"] * 4
    assert status["Gid"].split() == ["10001"] * 4
    assert {int(status[name], 16) for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb")} == {0}
    assert status["NoNewPrivs"] == "1"


def test_memory_and_processes_are_bounded(container: Confined) -> None:
    asked = "--format={{.HostConfig.Memory}} {{.HostConfig.PidsLimit}}"
    limits = container.built.engine("podman", "inspect", asked, container.name).split()
    assert limits == [str(MEMORY), str(PROCESSES)]


@pytest.mark.parametrize("place", ["/", "/srv/service", "/opt/venv/bin", "/usr/bin", "/run"])
def test_nothing_can_be_written_but_temporary_files(container: Confined, place: str) -> None:
    assert container.inside("touch", "/tmp/file")[0] == 0  # noqa: S108 - the container's own
    code, said = container.inside("touch", f"{place}/file")
    assert code != 0
    assert "Read-only file system" in said


def test_nothing_that_installs_or_compiles_is_inside(container: Confined) -> None:
    for module in INSTALLERS:
        assert container.inside("python", "-m", module)[0] != 0, module
    for program in COMPILERS:
        assert container.inside("sh", "-c", f"command -v {program}")[0] != 0, program


def test_what_a_service_does_not_need_is_left_out(container: Confined) -> None:
    there = container.inside("ls", "-A", "/srv/service")[1].split()
    assert "manage.py" in there
    assert set(LEFT_OUT) & set(there) == set()


def test_sigterm_ends_it_well_within_the_grace(container: Confined) -> None:
    kept = http.client.HTTPConnection("127.0.0.1", container.client.port, timeout=10)
    kept.request("GET", "/livez", headers=TLS)
    kept.getresponse().read()  # the connection stays open, as a proxy's does
    stop = ("podman", "stop", f"--time={GRACE_SECONDS}", container.name)
    assert "SIGKILL" not in container.built.engine.attempt(*stop).stderr
    kept.close()
    assert container.state()["ExitCode"] == 0
    assert not container.healthy()
