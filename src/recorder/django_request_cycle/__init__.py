"""Records what happens to each request of a Django project, for the editor extension Django Request Cycle.

Standard library and Django only. ``sitecustomize`` beside this package starts it from the environment; a process
whose environment can't be set may call ``django_request_cycle.bootstrap.start(folder)`` before Django is set up.
"""

#: The capture format that this recorder writes; see ``src/capture/capture.schema.json``.
FORMAT = 1
#: How the store packs captures; see ``src/capture/packed.schema.json``.
PACKED = 4
