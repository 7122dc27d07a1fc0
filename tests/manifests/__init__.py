"""The Kubernetes manifests as they reach a cluster: `./run kubernetes`."""
