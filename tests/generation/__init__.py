"""What comes out of cookiecutter and cruft, whatever the answers."""
