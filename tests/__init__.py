"""What the template promises, proven on the template and on what it generates."""
