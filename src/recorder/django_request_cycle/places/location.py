"""Where things stand in source files, as the capture's ``Location``: absolute file, line of ``def`` or ``class``."""

import ast
import functools
import hashlib
import linecache
import os
import re
import sys
import sysconfig
import time
import types

_OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_LIBRARY_PARTS = (os.sep + "site-packages" + os.sep, os.sep + "dist-packages" + os.sep)
_LIBRARY_ROOTS = tuple(
    {
        os.path.normpath(path) + os.sep
        for name, path in sysconfig.get_paths().items()
        if name in ("stdlib", "platstdlib", "purelib", "platlib") and path
    }
    | {os.path.normpath(os.path.dirname(os.__file__)) + os.sep}
)


class _Files(dict):
    """Whether a file belongs to the project, by its name; worked out once for each."""

    def __missing__(self, filename):
        project = bool(
            filename
            and not filename.startswith("<")
            and not filename.startswith(_OWN)
            and not any(part in filename for part in _LIBRARY_PARTS)
            and not filename.startswith(_LIBRARY_ROOTS)
        )
        self[filename] = project
        return project


#: ``project_files[filename]``: true for what is neither the standard library, an installed package nor the recorder.
project_files = _Files()


def is_own(filename):
    """Whether the file is one of the recorder's."""
    return filename.startswith(_OWN)


@functools.lru_cache(maxsize=2048)
def absolute(filename):
    """The absolute path of a code object's file; names that are no file (``<string>``) stay."""
    return filename if filename.startswith("<") else os.path.abspath(filename)


_sha1s = {}


def sha1(filename):
    """SHA-1 of a project file's bytes, or ``None``; looked at again after two seconds."""
    if not project_files[filename]:
        return None
    known = _sha1s.get(filename)
    moment = time.monotonic()
    if known is not None and moment - known[2] < 2:
        return known[1]
    try:
        status = os.stat(filename)
        stamp = (status.st_mtime_ns, status.st_size)
        digest = known[1] if known is not None and known[0] == stamp else None
        if digest is None and status.st_size <= 4_000_000:
            with open(filename, "rb") as file:
                digest = hashlib.sha1(file.read()).hexdigest()
    except OSError:
        stamp = digest = None
    _sha1s[filename] = (stamp, digest, moment)
    return digest


def at(filename, line, symbol=None, with_sha1=False):
    """A ``Location``."""
    location = {"file": absolute(filename), "line": line}
    if symbol:
        location["symbol"] = symbol
    if with_sha1:
        digest = sha1(location["file"])
        if digest:
            location["sha1"] = digest
    return location


def symbol_of(target):
    """``module.qualname`` of a function or class; of anything else, that of its type."""
    if not isinstance(target, (type, types.FunctionType, types.MethodType, types.BuiltinFunctionType)):
        target = type(target)
    module = getattr(target, "__module__", None)
    name = getattr(target, "__qualname__", None) or getattr(target, "__name__", "")
    return "%s.%s" % (module, name) if isinstance(module, str) else str(name)


_definitions = {}


def definition(target):
    """The ``Location`` of a function's, method's or class's definition; of an instance, its class's; or ``None``."""
    target = getattr(target, "__func__", target)
    if isinstance(target, (types.FunctionType, types.CodeType)):
        code = target if isinstance(target, types.CodeType) else target.__code__
        key = code
        find = functools.partial(_function, code, target)
    else:
        key = target if isinstance(target, type) else type(target)
        find = functools.partial(_class, key)
    known = _definitions.get(id(key))
    if known is None or known[0] is not key:
        if len(_definitions) > 5000:
            _definitions.clear()
        known = _definitions[id(key)] = (key, find())
    return known[1]


def _function(code, target):
    if is_own(code.co_filename):
        return None
    first = code.co_firstlineno
    line = first
    pattern = re.compile(r"\s*(?:async\s+)?def\s+%s\b" % re.escape(code.co_name))
    if code.co_name != "<lambda>":
        # co_firstlineno is the first decorator's line.
        for number in range(first, first + 100):
            text = linecache.getline(code.co_filename, number)
            if not text:
                break
            if pattern.match(text):
                line = number
                break
    symbol = symbol_of(target) if isinstance(target, types.FunctionType) else None
    location = at(code.co_filename, line, symbol, with_sha1=True)
    end = _last_line(code)
    if end > line:
        location["endLine"] = end
    return location


def _last_line(code):
    last = code.co_firstlineno
    if hasattr(code, "co_lines"):
        last = max([line for _start, _end, line in code.co_lines() if line] + [last])
    else:
        import dis

        last = max([line for _offset, line in dis.findlinestarts(code) if line] + [last])
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            last = max(last, _last_line(constant))
    return last


def _class(cls):
    module = sys.modules.get(getattr(cls, "__module__", None) or "")
    filename = getattr(module, "__file__", None)
    if not filename or not filename.endswith(".py"):
        return None
    lines = linecache.getlines(filename)
    names = [name for name in getattr(cls, "__qualname__", cls.__name__).split(".") if name != "<locals>"]
    line = _class_line(lines, names) or _parsed_class_line(lines, names)
    return at(filename, line, symbol_of(cls), with_sha1=True) if line else None


def _class_line(lines, names):
    """The line of ``class`` for ``["Outer", "Inner"]``, by indentation; the last of several, as the last one counts."""
    found = None
    stack = []
    pattern = re.compile(r"(\s*)(?:class|def|async\s+def)\s+(\w+)")
    for number, text in enumerate(lines, 1):
        match = pattern.match(text)
        if not match:
            continue
        indent = len(match.group(1).expandtabs())
        while stack and stack[-1][0] >= indent:
            stack.pop()
        stack.append((indent, match.group(2)))
        if (
            match.group(2) == names[-1]
            and [name for _indent, name in stack] == names
            and "class" in text[: match.end()]
        ):
            found = number
    return found


def _parsed_class_line(lines, names):
    """The same by parsing, which is slow, for a class within an ``if`` or ``try``."""
    try:
        tree = ast.parse("".join(lines))
    except (SyntaxError, ValueError, RecursionError):
        return None
    found = None
    waiting = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                if inner.name != names[depth]:
                    continue
                if depth + 1 < len(names):
                    waiting.append((inner, depth + 1))
                elif isinstance(inner, ast.ClassDef):
                    found = max(found or 0, inner.lineno)
            elif isinstance(inner, (ast.stmt, ast.ExceptHandler)):
                waiting.append((inner, depth))
    return found
