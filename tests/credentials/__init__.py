"""What is promised of credentials, shown on production servers of several processes."""
