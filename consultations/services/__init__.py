"""The only place that writes. Every function names the person acting as `by`."""
