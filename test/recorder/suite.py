"""Runs the behaviour tests in this interpreter and prints their count; ``run.py`` calls it for each pair."""

import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    sys.path[:0] = [HERE, os.path.join(os.path.dirname(os.path.dirname(HERE)), "src", "recorder")]
    loader = unittest.TestLoader()
    if len(sys.argv) > 1:
        loader.testNamePatterns = ["*%s*" % sys.argv[1]]
    suite = loader.discover(os.path.join(HERE, "behaviour"), top_level_dir=os.path.join(HERE, "behaviour"))
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=0).run(suite)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    print("suite: %d passed, %d failed, %d skipped" % (result.testsRun - failed - skipped, failed, skipped))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
