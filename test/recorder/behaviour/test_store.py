import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import zlib

from harness import RECORDER, RecorderTest, capture_files, captures_folder, recorder, wsgi_request

sys.path.insert(0, RECORDER)

from django_request_cycle.limits import Limits
from django_request_cycle.secrets.tokens import store_key
from django_request_cycle.writing import whole
from django_request_cycle.writing.squeeze import dictionaries, squeeze, unsqueeze
from django_request_cycle.writing.store import Store
from django_request_cycle.writing.table import Table


def identifier(number):
    return "m%05d-1-%d" % (number, number)


class Storing(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="request-cycle-store-")
        self.store = Store(os.path.join(self.folder, "deep", "store"))

    def put(self, number, size=100):
        self.store.write(identifier(number), os.urandom(size))
        self.store.append([{"id": identifier(number)}])

    def names(self):
        return sorted(name for name in os.listdir(self.store.folder) if ".cycle.json" in name)

    def name(self, number):
        return "%s.%s.cycle.json.z" % (identifier(number), self.store.table.key)

    def new_table(self, key):
        """As of a process of its own, with the process id that ``identifier`` has."""
        self.store.table = table = Table()
        table.key, table.name = key, key + "-1"
        table.number('"entry"')
        table.looked_at()

    def entries(self):
        with open(os.path.join(self.store.folder, self.store.table.name + ".process.jsonl")) as file:
            return [json.loads(line) for line in file]

    def test_what_is_compressed_comes_back_whole_or_not_at_all(self):
        for data in (b"", b'{"packed":1}', os.urandom(200_000), b'{"kind":"sql"},' * 5000):
            squeezed = squeeze(data)
            self.assertEqual(unsqueeze(squeezed), data)
            self.assertEqual(zlib.decompressobj(zdict=dictionaries()[-1]).decompress(squeezed), data)
            for damaged in (squeezed[:-1], squeezed[:7], squeezed[:3], b"\x78\xbb\0\0\0\1" + squeezed[6:]):
                self.assertRaises(ValueError, unsqueeze, damaged)

    def test_the_table_grows_before_the_captures_that_name_its_entries(self):
        table = self.store.table
        for number in range(3):
            table.begin()
            self.assertEqual(table.number('{"n":%d}' % number), number)
            self.assertEqual(table.number('{"n":0}'), 0)
            table.looked_at()
            self.put(number)
            self.assertEqual(self.entries(), [{"n": at} for at in range(number + 1)])

    def test_a_table_that_was_deleted_or_torn_is_written_again(self):
        table = self.store.table
        table.number('"one"')
        table.looked_at()
        self.put(1)
        path = os.path.join(self.store.folder, table.name + ".process.jsonl")
        os.unlink(path)
        self.put(2)
        self.assertEqual(self.entries(), ["one"])
        # The disk is full within a line: that capture is lost, the table whole again with the next.
        write = os.write
        self.addCleanup(setattr, os, "write", write)
        os.write = lambda descriptor, data: write(descriptor, data[:3])
        table.number('"two"')
        table.looked_at()
        with self.assertRaises(OSError):
            whole.append(path, b'"two"\n')
        table.number('"three"')
        table.looked_at()
        os.write = write
        table.written = 0
        self.put(3)
        self.assertEqual(self.entries(), ["one", "two", "three"])

    def test_tables_go_with_their_last_capture(self):
        limits = Limits({"captures": 10})
        self.new_table("first")
        self.put(1)
        path = os.path.join(self.store.folder, "first-1.process.jsonl")
        os.utime(path, (time.time() - 5000,) * 2)
        self.new_table("later")
        for number in range(2, 30):
            self.put(number)
            self.store.prune(limits)
            self.assertEqual(os.path.exists(path), self.names()[0] == identifier(1) + ".first.cycle.json.z")
        tables = [name for name in os.listdir(self.store.folder) if name.endswith(".process.jsonl")]
        self.assertEqual(tables, ["later-1.process.jsonl"])

    def test_pruned_by_count_oldest_first(self):
        limits = Limits({"captures": 50})
        for number in range(130):
            self.put(number)
            self.store.prune(limits)
            self.assertLessEqual(len(self.names()), 50)
        self.assertEqual(self.names()[-1], self.name(129))
        self.assertNotIn(self.name(0), self.names())

    def test_several_writers_and_somebody_who_deletes(self):
        limits = Limits({"captures": 50})
        other = Store(self.store.folder)
        for number in range(200):
            store = other if number % 3 else self.store
            store.write(identifier(number), os.urandom(100))
            store.append([{"id": identifier(number)}])
            store.prune(limits)
            self.assertLessEqual(len(self.names()), 55)  # each leaves room for what itself writes until the next time
        for name in self.names()[-30:]:
            os.unlink(os.path.join(self.store.folder, name))
        left = self.names()[0]
        for number in range(200, 220):
            self.put(number)
            self.store.prune(limits)
        self.assertIn(left, self.names())

    def test_one_writer_seldom_looks_at_the_folder(self):
        scandir = os.scandir
        self.addCleanup(setattr, os, "scandir", scandir)
        looks = []
        os.scandir = lambda folder: looks.append(folder) or scandir(folder)
        limits = Limits({"captures": 100})
        for number in range(500):
            self.put(number)
            self.store.prune(limits)
            self.assertLessEqual(len(self.names()), 100)
        self.assertLessEqual(len(looks), 10)
        self.assertEqual(self.names(), sorted(self.name(number) for number in range(500 - len(self.names()), 500)))

    def test_pruned_by_bytes(self):
        limits = Limits({"bytes": 1024 * 1024})
        for number in range(60):
            self.put(number, 40_000)
            self.store.prune(limits)
            total = sum(os.path.getsize(os.path.join(self.store.folder, name)) for name in self.names())
            self.assertLessEqual(total, 1024 * 1024)
        self.assertGreater(len(self.names()), 15)

    def test_the_index_is_rewritten_when_most_of_it_is_gone(self):
        limits = Limits({"captures": 10})
        for number in range(300):
            self.put(number)
            self.store.prune(limits)
        with open(os.path.join(self.store.folder, "index.jsonl")) as file:
            lines = [json.loads(line)["id"] for line in file]
        self.assertLess(len(lines), 150)
        self.assertEqual(lines[-1], identifier(299))

    def test_what_a_killed_process_left_is_removed(self):
        self.put(1)
        path = os.path.join(self.store.folder, "left.cycle.json.99.tmp")
        with open(path, "wb"):
            pass
        os.utime(path, (time.time() - 5000,) * 2)
        Store(self.store.folder).prune(Limits())
        self.assertFalse(os.path.exists(path))

    @unittest.skipUnless(hasattr(os, "fork"), "this system has no fork")
    def test_killed_in_the_middle_of_a_write(self):
        """kill -9 with the bytes written and the name not yet given; then within a line of the index."""
        self.put(1)
        for step in ("replace", "close"):
            child = os.fork()
            if child == 0:
                try:
                    original = getattr(os, step)

                    def struck(*arguments, step=step, original=original):
                        if step == "close":
                            os.ftruncate(arguments[0], os.fstat(arguments[0]).st_size - 5)
                        os.kill(os.getpid(), signal.SIGKILL)
                        return original(*arguments)

                    setattr(os, step, struck)
                    if step == "close":
                        self.store.append([{"id": identifier(9)}])
                    self.put(2)
                finally:
                    os._exit(0)
            _pid, status = os.waitpid(child, 0)
            self.assertEqual(os.WTERMSIG(status), signal.SIGKILL)
        left = [name for name in self.names() if name.endswith(".tmp")]
        self.assertEqual((len(left), len(self.names())), (1, 2))
        Store(self.store.folder).append([{"id": identifier(3)}])
        with open(os.path.join(self.store.folder, "index.jsonl")) as file:
            lines = file.read().splitlines()
        self.assertEqual(lines[0], '{"id":"%s"}' % identifier(1))
        self.assertEqual(lines[-1], '{"id":"%s"}' % identifier(3))
        self.assertEqual(len(lines), 3)  # the torn one between them stands alone

    def test_what_windows_refuses_while_somebody_reads(self):
        """There a file that is open can be neither replaced nor deleted: ``PermissionError``, as long as it lasts."""
        from django_request_cycle.writing import whole as module

        limits = Limits({"captures": 10})
        for number in range(9):
            self.put(number)
        held = self.name(0)
        unlink, replace = os.unlink, os.replace
        refused = []

        def unlink_unless_held(path):
            if os.path.basename(path) == held:
                raise PermissionError(13, "The process cannot access the file")
            unlink(path)

        def replace_at_third(source, target):
            refused.append(target)
            if len(refused) % 3:
                raise PermissionError(5, "Access is denied")
            replace(source, target)

        self.addCleanup(setattr, os, "unlink", unlink)
        self.addCleanup(setattr, os, "replace", replace)
        self.addCleanup(setattr, module, "TRIES", module.TRIES)
        os.unlink, os.replace, module.TRIES = unlink_unless_held, replace_at_third, 5
        for number in range(9, 400):
            self.put(number)
            self.store.prune(limits)
        self.store.write_health(1, {"lost": 0})
        self.assertIn(held, self.names())
        self.assertLessEqual(len(self.names()), 12)
        os.unlink = unlink
        self.store = Store(self.store.folder)
        self.store.prune(limits)
        self.assertNotIn(held, self.names())

    def test_without_hard_links(self):
        """On file systems that have none the key's file is renamed into place."""
        link = os.link
        self.addCleanup(setattr, os, "link", link)
        for error in (OSError(95, "Operation not supported"), AttributeError("link")):

            def refuse(*_arguments, error=error):
                raise error

            os.link = refuse
            folder = os.path.join(self.folder, type(error).__name__)
            self.assertEqual(store_key(folder), store_key(folder))
            self.assertEqual(os.listdir(folder), ["redaction.key"])

    def test_a_clock_set_to_nonsense(self):
        from django_request_cycle import clock

        real = time.time_ns
        self.addCleanup(setattr, time, "time_ns", real)
        for moment in (-(10**18), 10**30, 0):
            time.time_ns = lambda moment=moment: moment
            milliseconds, shown = clock.wall()
            self.assertGreaterEqual(milliseconds, 0)
            self.assertRegex(shown, r"^\d{4}-\d\d-\d\dT[\d:.]+Z$")

    def test_one_key_for_all(self):
        keys = []
        threads = [threading.Thread(target=lambda: keys.append(store_key(self.store.folder))) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(set(keys)), 1)
        self.assertEqual(os.listdir(self.store.folder), ["redaction.key"])

    def test_limits_out_of_range(self):
        limits = Limits(
            {"captures": -5, "bytes": "x", "reprChars": float("nan"), "frames": True, "linesPerFrame": 1e99}
        )
        self.assertEqual((limits.captures, limits.bytes, limits.reprChars), (10, 256 * 1024 * 1024, 200))
        self.assertEqual((limits.frames, limits.linesPerFrame), (500, 10_000))


class Processes(RecorderTest):
    @unittest.skipUnless(hasattr(os, "fork"), "this system has no fork")
    def test_a_forked_child_writes_its_own(self):
        self.get("/json/")
        before = set(capture_files())
        child = os.fork()
        if child == 0:
            try:
                wsgi_request("GET", "/wrapped/")
                recorder().flush()
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        capture = self.new_capture(before)
        self.assertEqual((capture["process"]["pid"], capture["request"]["path"]), (child, "/wrapped/"))

    def test_a_capture_that_was_taken_away_says_what_it_needs(self):
        self.get("/json/")
        name = capture_files()[-1]
        away = tempfile.mkdtemp(prefix="request-cycle-away-")
        shutil.copy(os.path.join(captures_folder(), name), away)
        shown = [sys.executable, "-m", "django_request_cycle.opened", os.path.join(away, name)]
        alone = subprocess.run(shown, cwd=RECORDER, capture_output=True)
        self.assertEqual(alone.returncode, 1)
        needed = recorder()._writer.store.table.name + ".process.jsonl"
        self.assertIn("%s is missing, which the capture needs beside it" % needed, alone.stderr.decode())
        shutil.copy(os.path.join(captures_folder(), needed), away)
        whole = subprocess.run(shown, cwd=RECORDER, capture_output=True)
        self.assert_valid(json.loads(whole.stdout.decode()))

    def test_concurrent_threads(self):
        recorder().flush()
        before = set(capture_files())
        threads = [
            threading.Thread(target=wsgi_request, args=("GET", "/inner/year/20%02d/" % number)) for number in range(16)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        recorder().flush()
        self.assertEqual(len(set(capture_files()) - before), 16)

    def test_more_than_can_be_written_makes_threads_wait_and_loses_nothing(self):
        from django_request_cycle.health import health
        from django_request_cycle.writing import writer

        store = recorder()._writer.store
        write = store.write
        self.addCleanup(setattr, store, "write", write)
        self.addCleanup(setattr, writer, "WAITING", writer.WAITING)
        writer.WAITING = writer.CROWDED + 20
        self.addCleanup(setattr, writer, "PATIENCE", writer.PATIENCE)
        writer.PATIENCE = 60  # a machine that stands still for a second is none of the writer's doing

        def slow(identifier, data):
            time.sleep(0.005)
            write(identifier, data)

        recorder().flush()
        before, lost = set(capture_files()), health.lost
        store.write = slow

        def visit():
            for _time in range(12):
                wsgi_request("GET", "/json/")

        threads = [threading.Thread(target=visit) for _number in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        recorder().flush()
        self.assertEqual((len(set(capture_files()) - before), health.lost), (16 * 12, lost))

    def test_the_index_lists_each_capture_once(self):
        recorder().flush()
        with open(os.path.join(captures_folder(), "index.jsonl")) as file:
            lines = [json.loads(line) for line in file]
        self.assertEqual(len({line["id"] for line in lines}), len(lines))
        self.assertTrue({name.split(".")[0] for name in capture_files()} <= {line["id"] for line in lines})
