"""Members, units and accounts taken over from a table: looked at row by row, then written at once."""
