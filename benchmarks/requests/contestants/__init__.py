"""What the service is compared with: small Django projects, each with settings of its own."""
