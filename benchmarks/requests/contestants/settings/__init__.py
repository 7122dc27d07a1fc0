"""One module of settings for each contestant; common.py holds what they share."""
