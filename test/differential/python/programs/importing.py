import importlib
import importlib.machinery
import importlib.util
import json
import pkgutil
import sys

# A second copy of a module, by its spec

_spec = importlib.util.find_spec('html.parser')
_copy = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_copy)
copied = _copy.HTMLParser.__name__, _copy is not sys.modules.get('html.parser'), _spec.name, _spec.parent, _copy.__spec__ is _spec, _copy.__package__, _copy.__name__

# Plugins of a folder, by their finder

plugins = []
for _finder, _name, _is_package in pkgutil.iter_modules(json.__path__):
    _one = _finder.find_spec(_name)
    _module = importlib.util.module_from_spec(_one)
    if _name == 'scanner':
        _one.loader.exec_module(_module)
    plugins.append((_name, _is_package, _module.__name__, hasattr(_module, 'make_scanner'), _one.loader.is_package(_name), _one.has_location))

paths = importlib.machinery.PathFinder.find_spec('json').submodule_search_locations == json.__path__, importlib.machinery.PathFinder.find_spec('surely_not_there')

# By file

_loader = importlib.machinery.SourceFileLoader('my_scanner', json.__path__[0] + '/scanner.py')
_mine = _loader.load_module()
by_loader = _mine.__name__, sys.modules['my_scanner'] is _mine, callable(_mine.py_make_scanner), _loader.get_filename().endswith('scanner.py'), 'def py_make_scanner' in _loader.get_source('my_scanner')
_by_file = importlib.util.spec_from_file_location('other.name', json.__path__[0] + '/scanner.py')
_other = importlib.util.module_from_spec(_by_file)
sys.modules['other.name'] = _other
_by_file.loader.exec_module(_other)
by_location = _other.__name__, _other.__package__, _by_file.parent, callable(_other.py_make_scanner), _other.__file__ == _by_file.origin
_package = importlib.util.spec_from_file_location('boxed', json.__path__[0] + '/__init__.py', submodule_search_locations=list(json.__path__))
_boxed = importlib.util.module_from_spec(_package)
sys.modules['boxed'] = _boxed
_package.loader.exec_module(_boxed)
by_package = _boxed.__package__, list(_boxed.__path__) == list(json.__path__), importlib.import_module('boxed.scanner').__name__, _boxed.loads('[1]')

# What was imported before a module's name is replaced stays what it was

from string import capwords
from string import Formatter as _Formatter
import string


def _patched(text):
    return 'patched'


_original = string.capwords
string.capwords = _patched
from string import capwords as later

string.capwords = _original
from string import capwords as last

replaced = capwords('a b'), later('a b'), last('a b'), string.capwords('c d'), _Formatter.__name__

# The collections' abstract classes, where they still were, by the module's own __getattr__

try:
    from collections import Mapping
    old_place = Mapping.__name__
except ImportError as error:
    old_place = 'gone'

import re

try:
    late_flags = re.compile('a(?i)b').match('AB') is not None, bool(re.compile('a(?i)b').flags & re.I)
except re.error:
    late_flags = 'refused'
