"""The store's key, and the tokens it makes: the same for the same secret within a store, and not to be looked up."""

import hashlib
import os

KEY_FILE = "redaction.key"
#: Tokens that are remembered, and characters of the longest text.
MOST, LONGEST = 500, 200


def store_key(folder):
    """The store's key: 32 random bytes in a file only the user may read, made by whoever comes first.

    Where it can't be kept (a folder that is read-only), a key for this process alone.
    """
    path = os.path.join(folder, KEY_FILE)
    for _attempt in range(3):
        try:
            with open(path, "rb") as file:
                key = file.read(64)
            if len(key) >= 32:
                return key
        except OSError:
            pass
        # A name of one's own: threads of a process come here together.
        temporary = "%s.%s" % (path, os.urandom(6).hex())
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(os.urandom(32))
            try:
                os.link(temporary, path)
            except FileExistsError:
                pass
            except (OSError, AttributeError):
                os.replace(temporary, path)
        except OSError:
            break
        finally:
            try:
                os.unlink(temporary)
            except OSError:
                pass
    return os.urandom(32)


class Tokens:
    """Makes the tokens of one store."""

    def __init__(self, key):
        self._key = key
        #: Of the last texts.
        self._known = {}

    def token(self, value):
        """``[secret:3fa92c01b4]`` for a secret of any type."""
        known = self._known.get(value) if type(value) is str else None
        if known is not None:
            return known
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        token = "[secret:%s]" % hashlib.blake2b(data, key=self._key[:64], digest_size=5).hexdigest()
        if type(value) is str and len(value) <= LONGEST:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[value] = token
        return token
