import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from harness import RECORDER


class Sitecustomize(unittest.TestCase):
    """The environment alone switches the recorder on."""

    def run_python(self, code, python=sys.executable, path=(), **environ):
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTHON"))}
        clean["PYTHONPATH"] = os.pathsep.join([RECORDER, *path])
        clean.update(environ)
        result = subprocess.run([python, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=clean)
        return result.stdout.decode().strip()

    CODE = "import sys; print('django_request_cycle' in sys.modules, any(p.endswith('recorder') for p in sys.path))"

    def test_on_only_where_there_is_a_folder_for_captures(self):
        self.assertEqual(self.run_python(self.CODE), "False False")
        self.assertEqual(self.run_python(self.CODE, DJANGO_REQUEST_CYCLE=tempfile.mkdtemp()), "True False")

    def test_it_runs_the_sitecustomize_that_it_hides(self):
        folder = tempfile.mkdtemp()
        with open(os.path.join(folder, "sitecustomize.py"), "w") as file:
            file.write("print('the other one')\n")
        self.assertEqual(self.run_python("print('main')", path=[folder]), "the other one\nmain")

    def test_two_that_chain_to_each_other(self):
        folder = tempfile.mkdtemp()
        with open(os.path.join(folder, "sitecustomize.py"), "w") as file:
            file.write(
                "import os, sys\n"
                "here = os.path.dirname(os.path.abspath(__file__))\n"
                "sys.path[:] = [%r] + [entry for entry in sys.path if entry != here]\n"
                "sys.modules.pop('sitecustomize', None)\n"
                "print('chained')\n"
                "import sitecustomize\n" % RECORDER
            )
        for path in ([folder], []):
            output = self.run_python("print('main')", path=path or [folder])
            self.assertEqual(output, "chained\nmain")

    def test_nothing_is_imported_where_django_is_not(self):
        code = "import sys; print(any(name.split('.')[0] == 'django' for name in sys.modules))"
        self.assertEqual(self.run_python(code, DJANGO_REQUEST_CYCLE=tempfile.mkdtemp()), "False")

    def test_python_2_steps_aside(self):
        found = os.path.expanduser("~/.pyenv/versions/2.7.18/bin/python")
        if not os.path.exists(found):
            found = shutil.which("python2.7")
        if not found:
            self.skipTest("Python 2.7 is not on this machine")
        self.assertEqual(self.run_python("print('two')", python=found, DJANGO_REQUEST_CYCLE="/nowhere"), "two")
