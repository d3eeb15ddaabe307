"""Which local variables each line of a function may change, from its bytecode; worked out once for each."""

import dis

_ONE = frozenset(dis.opmap[name] for name in ("STORE_FAST", "DELETE_FAST", "LOAD_FAST_AND_CLEAR") if name in dis.opmap)
#: Since Python 3.13, with two variables in one argument.
_TWO = frozenset(dis.opmap[name] for name in ("STORE_FAST_STORE_FAST", "STORE_FAST_LOAD_FAST") if name in dis.opmap)
_DELETE = dis.opmap["DELETE_FAST"]
#: In the body of a class.
_NAMED = frozenset((dis.opmap["STORE_NAME"], dis.opmap["DELETE_NAME"]))
_VARIABLE_ARGUMENTS = 0x04
_VARIABLE_KEYWORDS = 0x08
#: Generators, coroutines, async generators.
_SUSPENDABLE = 0x20 | 0x80 | 0x200


class Stored:
    """Of one code object: ``given`` are the variables that a call begins with, ``every`` is every variable's name,
    ``by_line`` the names that a line may change and ``ever`` those that any line may: what a function inside may store,
    and what is deleted behind the last line of an ``except``.
    """

    __slots__ = ("code", "given", "every", "by_line", "ever", "suspendable")

    def __init__(self, code):
        #: Held, so that its ``id`` stays its own.
        self.code = code
        names = code.co_varnames
        arguments = code.co_argcount + code.co_kwonlyargcount
        arguments += bool(code.co_flags & _VARIABLE_ARGUMENTS) + bool(code.co_flags & _VARIABLE_KEYWORDS)
        shared = code.co_cellvars + code.co_freevars
        self.given = names[:arguments] + code.co_freevars
        self.suspendable = bool(code.co_flags & _SUSPENDABLE)
        ever = dict.fromkeys(shared)
        named = {}
        found = {}
        for line, operation, argument in _operations(code):
            if operation in _ONE:
                stored = (argument,)
            elif operation in _TWO:
                stored = (argument >> 4, argument & 15)
            elif operation in _NAMED:
                name = code.co_names[argument]
                named[name] = None
                found.setdefault(line, {})[name] = None
                continue
            else:
                continue
            of_line = ever if line is None or operation == _DELETE else found.setdefault(line, {})
            of_line.update((names[number], None) for number in stored if number < len(names))
        self.every = tuple(dict.fromkeys((*names, *shared, *named)))
        self.ever = tuple(ever)
        self.by_line = {line: tuple(dict(of_line, **ever)) for line, of_line in found.items()}


def _operations(code):
    """``(line, operation, argument)`` of each instruction; the line is ``None`` where it has none."""
    if hasattr(code, "co_lines"):
        starts = {start: line for start, _end, line in code.co_lines()}
    else:
        starts = dict(dis.findlinestarts(code))
    data = code.co_code
    line = None
    more = 0
    for offset in range(0, len(data), 2):
        line = starts.get(offset, line)
        operation = data[offset]
        argument = data[offset + 1] | more
        more = argument << 8 if operation == dis.EXTENDED_ARG else 0
        yield line, operation, argument


class _Known(dict):
    """By the ``id`` of code objects, as hashing one is slow."""

    def of(self, code):
        known = self.get(id(code))
        if known is None or known.code is not code:
            if len(self) > 5000:
                self.clear()
            known = self[id(code)] = Stored(code)
        return known


#: ``stored_by(code)``: the ``Stored`` of a code object, always the same.
stored_by = _Known().of
