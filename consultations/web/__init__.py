"""What the faces share of HTTP: files that leave, and one writer at a time."""
