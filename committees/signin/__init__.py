"""Signing in and what keeps it safe: the pages, forms and rules in front of allauth. HTTP floor."""
