"""Official papers made of the records: files for Word and WPS that the office finishes and signs."""
