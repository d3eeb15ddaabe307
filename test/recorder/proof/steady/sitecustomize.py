"""The same random numbers in both servers of a comparison: tokens, keys, salts and names need no mask then.

Python's own sources of randomness are seeded, those that Django and the applications draw from. ``os.urandom`` is
left, which the recorder draws its key from.
"""

import random
import uuid

_draws = random.Random(20_260_101)


class _Steady(random.SystemRandom):
    def random(self):
        return _draws.random()

    def getrandbits(self, k):
        return _draws.getrandbits(k)

    def randbytes(self, n):
        return _draws.randbytes(n)


random.SystemRandom = _Steady
random.seed(1)
uuid.uuid4 = lambda: uuid.UUID(int=_draws.getrandbits(128), version=4)

import secrets  # noqa: E402 (it takes SystemRandom as it finds it)

secrets.token_bytes = lambda nbytes=None: _draws.randbytes(32 if nbytes is None else nbytes)
