"""Counting what holds: one line a check, with what was seen where it does not."""

import traceback


class Report:
    def __init__(self, out=print):
        self.out = out
        self.passed = 0
        self.failures = []
        self.skipped = []

    def check(self, name, holds, seen=""):
        """Count one check. `seen` (text or a function that makes it) is shown where it fails. Returns `holds`."""
        if holds:
            self.passed += 1
            self.out(f"  ok   {name}")
        else:
            seen = str(seen() if callable(seen) else seen)
            self.failures.append((name, seen))
            self.out(f"  FAIL {name}\n       " + "\n       ".join(seen.splitlines()[:25]))
        return bool(holds)

    def skip(self, name, why):
        self.skipped.append((name, why))
        self.out(f"  skip {name}: {why}")

    def note(self, text):
        self.out(f"       {text}")

    def part(self, name, run):
        """Run one part of the proof; an exception in it is a failure of the part, and the others go on."""
        self.out(f"{name}")
        try:
            run(self)
        except Exception:
            self.check(f"{name} runs to its end", False, traceback.format_exc())

    def close(self):
        for name, why in self.skipped:
            self.out(f"skipped: {name}: {why}")
        for name, _ in self.failures:
            self.out(f"failed: {name}")
        self.out(f"{self.passed} passed, {len(self.failures)} failed")
        return 1 if self.failures else 0
