"""The text of a capture as a list of pieces, so that secrets are looked for only where one can be."""

import json


class Pieces:
    """Pieces of JSON text that make an object, in their order and without its last brace."""

    def __init__(self, encode):
        self._encode = encode
        self._texts = []
        #: Index and what completes the text as JSON, of each piece in which a secret may be.
        self._told = []
        #: Add text that holds nothing of the request's but numbers and the code's own names and places.
        self.add = self._texts.append

    def tell(self, text, end=""):
        """Add a text that may hold a secret; with ``end`` it is JSON."""
        self._told.append((len(self._texts), end))
        self._texts.append(text)

    def leave_room(self):
        """The index of a piece that is ``put`` later."""
        self._texts.append("")
        return len(self._texts) - 1

    def put(self, index, text):
        """Fill the room."""
        self._texts[index] = text

    def told(self):
        """All in which a secret may be."""
        return "\n".join([self._texts[index] for index, _end in self._told])

    def hide(self, secrets, present):
        """Replace those of the secrets that are ``present``."""
        for index, end in self._told:
            text = self._texts[index]
            if secrets.occur_in(text, present):
                hidden = self._encode(secrets.hide_all(json.loads(text + end), text))
                self._texts[index] = hidden[: -len(end)] if end else hidden

    def encoded(self, end):
        """The bytes with the last piece. A lone surrogate (undecodable bytes in a path) becomes JSON's own escape."""
        return b"".join([text.encode("utf-8", "backslashreplace") for text in self._texts + [end]])
