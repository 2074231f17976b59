"""What is read of the records of who is who."""
