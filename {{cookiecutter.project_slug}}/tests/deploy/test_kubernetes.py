# option: kubernetes
"""In a cluster: pods are restricted, probed, spread, and get secrets by reference."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from config.settings.server import SERVER_STOP_SECONDS
from tests.deploy.files import DEPLOY, literals, manifests, pods

MANIFESTS = manifests()
PODS = pods()
METRICS_PORT = int(literals("config")["METRICS_PORT"])
KUSTOMIZATIONS = sorted((DEPLOY / "kubernetes").rglob("kustomization.yaml"))

every_pod = pytest.mark.parametrize("component", sorted(PODS))


def the(kind: str) -> dict[str, Any]:
    (manifest,) = [manifest for manifest in MANIFESTS if manifest["kind"] == kind]
    return manifest


@every_pod
def test_a_pod_meets_the_restricted_profile(component: str) -> None:
    pod = PODS[component]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    for container in pod["containers"]:
        context = container["securityContext"]
        assert context["allowPrivilegeEscalation"] is False
        assert context["capabilities"] == {"drop": ["ALL"]}
    assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys()
    assert not any("hostPath" in volume for volume in pod["volumes"])


@every_pod
def test_a_pod_cannot_write_to_its_image(component: str) -> None:
    for container in PODS[component]["containers"]:
        assert container["securityContext"]["readOnlyRootFilesystem"] is True


@every_pod
def test_a_pod_cannot_speak_to_the_cluster(component: str) -> None:
    assert PODS[component]["automountServiceAccountToken"] is False


@every_pod
def test_a_pod_asks_for_what_it_needs_and_has_limits(component: str) -> None:
    for container in PODS[component]["containers"]:
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}
        assert container["resources"]["limits"].keys() == {"cpu", "memory"}


def test_secrets_are_referred_to_never_written() -> None:
    assert "Secret" not in {manifest["kind"] for manifest in MANIFESTS}


def test_only_the_migration_gets_the_owners_address() -> None:
    holders = {component for component, pod in PODS.items() if "-owner" in str(pod["volumes"])}
    assert holders == {"migrate"}


def test_a_rollout_never_lowers_the_number_of_pods() -> None:
    assert the("Deployment")["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


def test_probes_ask_the_right_questions() -> None:
    (container,) = PODS["web"]["containers"]
    asked = {name: container[name]["httpGet"]["path"] for name in container if "Probe" in name}
    assert asked == {
        "startupProbe": "/livez",
        "livenessProbe": "/livez",
        "readinessProbe": "/readyz",
    }


def test_the_number_of_pods_is_the_autoscalers_alone() -> None:
    assert "replicas" not in the("Deployment")["spec"]
    assert the("HorizontalPodAutoscaler")["spec"]["minReplicas"] >= 2


@pytest.mark.parametrize("kind", ["Service", "PodDisruptionBudget"])
def test_traffic_reaches_the_pods_that_serve_and_no_others(kind: str) -> None:
    selector = the(kind)["spec"]["selector"]
    selector = selector.get("matchLabels", selector)
    assert selector == the("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert selector["app.kubernetes.io/component"] == "web"


def test_network_policies_close_both_ways() -> None:
    policies = {
        item["metadata"]["name"].rpartition("-")[2]: item["spec"]
        for item in MANIFESTS
        if item["kind"] == "NetworkPolicy"
    }
    http, metrics, backup = (policies.pop(name) for name in ("http", "metrics", "backup"))
    (everything,) = policies.values()
    for closed in (everything, backup):
        assert closed["policyTypes"] == ["Ingress", "Egress"]
        assert "ingress" not in closed
    for policy, port in ((http, 8000), (metrics, METRICS_PORT)):
        (rule,) = policy["ingress"]
        assert [opened["port"] for opened in rule["ports"]] == [port]


def test_metrics_are_asked_for_where_they_are_served() -> None:
    (container,) = PODS["web"]["containers"]
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert ports["metrics"] == METRICS_PORT != ports["http"]
    annotations = the("Deployment")["spec"]["template"]["metadata"]["annotations"]
    assert annotations["prometheus.io/port"] == str(METRICS_PORT)
    # The Service leads to HTTP alone.
    assert [port["targetPort"] for port in the("Service")["spec"]["ports"]] == ["http"]


def test_a_pod_lives_until_its_last_request_is_answered() -> None:
    (container,) = PODS["web"]["containers"]
    pause = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
    assert PODS["web"]["terminationGracePeriodSeconds"] >= pause + SERVER_STOP_SECONDS + 5


@pytest.mark.parametrize("path", KUSTOMIZATIONS, ids=lambda path: path.parent.name)
def test_a_kustomization_lists_every_file_beside_it(path: Path) -> None:
    resources = yaml.safe_load(path.read_text("utf-8"))["resources"]
    listed = {name for name in resources if ".." not in name}
    assert listed == {file.name for file in path.parent.glob("*.yaml")} - {path.name}
