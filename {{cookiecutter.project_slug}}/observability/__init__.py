"""How the service is watched: metrics, traces, error reports; each only where it is configured."""
