"""What holds for the repository's own files and for the commands that its README names."""
