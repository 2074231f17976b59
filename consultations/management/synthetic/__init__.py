"""Made-up cases for load tests: many at once, marked 压测, never counted, the same for a seed."""
