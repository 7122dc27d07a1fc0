"""What this service is called and where it lives."""

NAME = "{{ cookiecutter.project_name }}"
DESCRIPTION = "{{ cookiecutter.description }}"
DOMAIN = "{{ cookiecutter.domain }}"
