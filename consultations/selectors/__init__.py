"""What is seen: every list and every page asks here, with the viewer in hand."""
