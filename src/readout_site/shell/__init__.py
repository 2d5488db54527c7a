"""Disk, clock, network and terminal: carries things in and out."""
