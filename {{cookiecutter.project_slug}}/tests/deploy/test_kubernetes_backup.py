# option: kubernetes
"""Backups in a cluster: the same script as on one server, with less than the service may."""

import re

import yaml

from tests.deploy.files import DEPLOY, Fields, compose, literals, manifests, pods

POD = pods()["backup"]
(CONTAINER,) = POD["containers"]
VARIABLES = literals("backup")
SCRIPT = (DEPLOY / "backup" / "backup.sh").read_text("utf-8")
SCRIPTS = yaml.safe_load((DEPLOY / "backup" / "kustomization.yaml").read_text("utf-8"))
# What libpq reads by itself, the rest is the script's.
LIBPQ = {"PGHOST", "PGUSER", "PGSSLMODE", "PGSSLROOTCERT"}


def network_policy() -> Fields:
    found: list[Fields] = [
        manifest["spec"]
        for manifest in manifests()
        if manifest["kind"] == "NetworkPolicy" and manifest["metadata"]["name"].endswith("-backup")
    ]
    return found[0]


def mounted(name: str) -> str:
    (mount,) = [mount for mount in CONTAINER["volumeMounts"] if mount["name"] == name]
    path: str = mount["mountPath"]
    return path


def test_it_runs_the_script_and_the_image_of_the_server() -> None:
    assert CONTAINER["command"] == ["sh", f"{mounted('scripts')}/backup.sh"]
    assert CONTAINER["image"] == compose()["services"]["backup"]["image"]
    (generator,) = SCRIPTS["configMapGenerator"]
    read = set(re.findall(r'\$here/([\w.]+)"', SCRIPT))
    assert set(generator["files"]) == {"backup.sh"} | read
    assert (POD["volumes"][2]["configMap"]["name"]) == generator["name"]


def test_it_connects_as_the_role_that_may_only_read() -> None:
    assert VARIABLES["PGUSER"] == "service_backup"
    assert VARIABLES["PGSSLMODE"] == "verify-full"


def test_every_variable_is_read() -> None:
    read = set(re.findall(r"\$\{?([A-Z][A-Z_]+)", SCRIPT))
    assert VARIABLES.keys() - LIBPQ == read - {"PGPASSWORD"}


def test_what_it_reads_and_writes_is_mounted() -> None:
    for name in ("PGPASSWORD_FILE", "PGSSLROOTCERT"):
        assert VARIABLES[name].rpartition("/")[0] == mounted("secrets")
    assert VARIABLES["BACKUP_DIR"] == mounted("backups")
    (claim,) = [item for item in manifests() if item["kind"] == "PersistentVolumeClaim"]
    claims = [volume.get("persistentVolumeClaim") for volume in POD["volumes"]]
    assert {"claimName": claim["metadata"]["name"]} in claims


def test_it_reaches_names_and_the_database_only() -> None:
    policy = network_policy()
    ports = [port["port"] for rule in policy["egress"] for port in rule["ports"]]
    assert ports == [53, 53, 5432]
    labels = policy["podSelector"]["matchLabels"]
    (service,) = [item["spec"] for item in manifests() if item["kind"] == "Service"]
    # The policy of the service's pods, which opens more, does not select it.
    assert labels["app.kubernetes.io/name"] != service["selector"]["app.kubernetes.io/name"]


def test_two_never_run_at_once() -> None:
    (spec,) = [
        manifest["spec"]
        for manifest in manifests()
        if manifest["kind"] == "CronJob" and manifest["metadata"]["name"].endswith("-backup")
    ]
    assert spec["concurrencyPolicy"] == "Forbid"
