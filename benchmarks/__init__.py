"""How fast loading, asking and writing are, beside what one would use instead: `python -m benchmarks`."""
