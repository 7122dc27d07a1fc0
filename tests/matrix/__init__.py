"""Every combination of answers is generated and checked in the environment that it asks for."""
