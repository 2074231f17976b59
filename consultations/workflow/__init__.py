"""What may happen: the life of a case and of a task as two tables.

Read `cases.py`, then `tasks.py`, then `engine.py`. Nothing here writes or knows of HTTP.
"""
