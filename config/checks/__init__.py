"""What must be true of an installation that people work with: `manage.py check --deploy`.

    manage.py check --deploy --fail-level INFO --database default

Each check stands in one of the modules below under its id (`gov.E001` …) and yields what is wrong
with a hint what to do. Nothing is silenced: `gov.E020` sees to that.
"""
