"""Lists that leave as spreadsheets, and tables that come in."""
