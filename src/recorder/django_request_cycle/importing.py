"""Runs a function right after a named module was imported, before anybody else sees the module."""

import sys


class AfterImport:
    """A meta path finder that finds nothing itself: it lets the others find and adds one step to the loading.

    ``steps`` maps a module's name to functions that are called with the module. The loader stays the module's own
    (its ``exec_module`` is shadowed once, on the instance), so ``__loader__`` and ``inspect`` notice nothing.
    """

    def __init__(self, steps, report):
        self._steps = steps
        self._report = report
        self._finding = set()

    def install(self):
        """Put the finder first, and run the steps of modules that are already there."""
        sys.meta_path.insert(0, self)
        for name in list(self._steps):
            module = sys.modules.get(name)
            if module is not None:
                self._run(name, module)

    def find_spec(self, name, path=None, target=None):
        if name not in self._steps or name in self._finding:
            return None
        self._finding.add(name)
        try:
            spec = self._find(name, path, target)
        finally:
            self._finding.discard(name)
        if spec is not None and spec.loader is not None:
            try:
                self._shadow(name, spec.loader)
            except Exception as error:  # a loader without instance attributes
                self._report(error)
        return spec

    def _find(self, name, path, target):
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                return spec
        return None

    def _shadow(self, name, loader):
        original = loader.exec_module

        def exec_module(module):
            loader.__dict__.pop("exec_module", None)
            original(module)
            self._run(name, module)

        loader.exec_module = exec_module

    def _run(self, name, module):
        for step in self._steps.pop(name, ()):
            try:
                step(module)
            except Exception as error:
                self._report(error)
