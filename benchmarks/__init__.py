"""How fast the product loads, asks and writes (`python -m benchmarks`), and how fast and how right it reads.

Reading has commands of its own: `python -m benchmarks.reading`, `python -m benchmarks.accuracy`.
"""
