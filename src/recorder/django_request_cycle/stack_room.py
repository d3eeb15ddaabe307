"""Room on the interpreter's stack for what renders a template.

Since 3.11 CPython lays Python's frames in chunks of 16 KB, which it maps and unmaps as calls cross their edge
(``push_chunk`` in ``Python/pystate.c``). A page that renders hundreds of templates goes back and forth over such an
edge hundreds of times, a microsecond and a page fault each, and the recorder's own frames move the edges about. One
frame that claims a large stack lets CPython map one large chunk, whose rest holds all that is called inside. A view
without templates stays where it is: to map a chunk and touch its pages costs more than the few crossings.
"""

import sys

#: Words of eight bytes: the chunk is the next power of two, 128 KB, of which only what is used becomes memory.
WORDS = 9_000


def roomy(function, *arguments):
    """Call ``function`` with room on the stack. The frame claims the room and leaves it untouched."""
    return function(*arguments)


if sys.implementation.name == "cpython" and sys.version_info >= (3, 11):
    roomy.__code__ = roomy.__code__.replace(co_stacksize=WORDS)
