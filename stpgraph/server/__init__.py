"""The server: SPARQL, linked data and the site over HTTP, on this machine unless told otherwise.

In front stands an ASGI application (`app`), which reads requests, checks them and keeps to limits. All that asks the
store runs in processes of its own (`processes`, `workers`), so that a query that takes too long, or too much, is ended
with its process and harms no other. `running.serve` brings it up.
"""
