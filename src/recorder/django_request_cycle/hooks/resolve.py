"""Resolution at request time: what Django itself tried, noted while it tried it.

``ResolverMatch.tried`` and ``Resolver404``'s ``tried`` (``django/urls/resolvers.py`` since 3.2) say which chains of
patterns were tried; each pattern's ``match`` is watched for what it left over and what its converters gave.
"""

import functools
import sys

from .. import clock
from ..cycle import active
from ..health import shielded
from ..places.location import at
from ..stages import close, note_exception

_LINE = "_request_cycle_line"


def install_patterns(resolvers):
    """A step for ``django.urls.resolvers``: note where ``path()`` was called, watch ``match``."""
    for cls in (resolvers.URLPattern, resolvers.URLResolver):
        cls.__init__ = _noting_init(cls.__init__)
    for name in ("RoutePattern", "RegexPattern", "LocalePrefixPattern"):
        cls = getattr(resolvers, name)
        cls.match = _watched_match(cls.match)


def _noting_init(original):
    @functools.wraps(original)
    def __init__(self, *args, **kwargs):
        original(self, *args, **kwargs)
        frame = sys._getframe(1)
        # Past path() and re_path() themselves, and past a subclass's __init__.
        while frame is not None and frame.f_globals.get("__name__", "").startswith(("django.urls", "django.conf.urls")):
            frame = frame.f_back
        if frame is not None:
            self.__dict__[_LINE] = (frame.f_code.co_filename, frame.f_lineno)

    return __init__


def _watched_match(original):
    @functools.wraps(original)
    def match(self, path):
        result = original(self, path)
        cycle = active()
        if cycle is not None and cycle.trail is not None:
            cycle.trail[id(self), path] = result
        return result

    return match


def install_handler(base):
    """A step for ``django.core.handlers.base``."""
    handler = base.BaseHandler
    if not hasattr(handler, "resolve_request"):  # before Django 3.1
        return
    original = handler.resolve_request

    @functools.wraps(original)
    def resolve_request(self, request):
        cycle = active()
        if cycle is None:
            return original(self, request)
        stage = _begin(cycle, request)
        try:
            match = original(self, request)
        except BaseException as error:
            _failed(cycle, stage, request, error)
            raise
        _matched(cycle, stage, request, match)
        return match

    handler.resolve_request = resolve_request


@shielded
def _begin(cycle, request):
    from django.conf import settings

    urlconf = request.__dict__.get("urlconf", settings.ROOT_URLCONF)
    name = urlconf if isinstance(urlconf, str) else getattr(urlconf, "__name__", type(urlconf).__name__)
    stage = cycle.open_stage("resolve", name, sys.modules.get(name))
    cycle.trail = {}
    if stage is not None:
        stage.detail["urlconf"] = name
    return stage


@shielded
def _failed(cycle, stage, request, error):
    begin = clock.now()
    trail, cycle.trail = cycle.trail, None
    if stage is None:
        return
    note_exception(cycle, stage, error)
    argument = error.args[0] if error.args else None
    if isinstance(argument, dict) and "tried" in argument:
        stage.detail["reason"] = "no pattern matched"
        cycle.resolution = (stage, argument["tried"], trail, None)
    close(cycle, stage, "raised", request, None)
    cycle.spent += clock.now() - begin


@shielded
def _matched(cycle, stage, request, match):
    begin = clock.now()
    trail, cycle.trail = cycle.trail, None
    cycle.resolver_match = match
    cycle.view_name = getattr(match, "_func_path", None)
    cycle.route = getattr(match, "route", None)
    cycle.recorder.lines.resolved(cycle)
    if stage is not None:
        preview = cycle.previewer
        values = (
            [preview.of(value) for value in match.args],
            {name: preview.named(name, value) for name, value in match.kwargs.items()},
        )
        cycle.resolution = (stage, getattr(match, "tried", None), trail, values)
        close(cycle, stage, "passed", request, None)
    cycle.spent += clock.now() - begin


#: Details by what they are made of, each with the patterns and the location, so that their ids stay their own.
_details = {}


def describe(cycle, view_location):
    """Fill the resolve stage's detail; runs after the response was sent."""
    if cycle.resolution is None:
        return
    stage, tried, trail, values = cycle.resolution
    key = _key(stage, tried, trail, values, view_location)
    known = _details.get(key) if key is not None else None
    if known is not None:
        stage.detail = known[0]
        stage.lasting = True
        return
    if isinstance(tried, list):
        stage.detail["tried"] = _tried(tried, trail, matched=values is not None, lose=cycle.lose)
    if values is None:
        return
    stage.detail["matched"] = _matched_detail(cycle, tried, values, view_location)
    if key is not None and all(_is_fixed(pattern.pattern) for chain in tried for pattern in chain):
        if len(_details) >= 1000:
            _details.clear()
        _details[key] = (stage.detail, tried, view_location)
        stage.lasting = True


def _key(stage, tried, trail, values, view_location):
    """What tells one way to a view without arguments from another, or ``None``: who was tried, and what each left."""
    if values is None or values[0] or values[1] or not trail or type(tried) is not list or len(stage.detail) > 1:
        return None
    key = [stage.name, id(view_location)]
    for chain in tried:
        key += map(id, chain)
        key.append(None)
    for seen, result in trail.items():
        key += seen
        rest = result[0] if result else None
        if rest is not None and type(rest) is not str:
            return None
        key.append(rest)
    return tuple(key)


def _is_fixed(inner):
    """Whether a pattern is the same in every language."""
    return type(getattr(inner, "_route", None) or getattr(inner, "_regex", None)) is str


def _matched_detail(cycle, tried, values, view_location):
    match = cycle.resolver_match
    matched = {
        "route": match.route or "",
        "namespaces": list(match.namespaces),
        "appNames": list(match.app_names),
        "view": cycle.view_name or "",
        "args": values[0],
        "kwargs": values[1],
    }
    if match.url_name:
        matched["urlName"] = str(match.url_name)
    if view_location:
        matched["viewLocation"] = view_location
    converters = {}
    for resolver in tried[-1] if tried else ():
        for name, converter in getattr(resolver.pattern, "converters", {}).items():
            converters[name] = type(converter).__name__
    if converters:
        matched["converters"] = converters
    return matched


def _tried(chains, trail, matched, lose):
    """``_pattern`` of each pattern once, in the order tried, an include before what it holds."""
    shown = []
    above = []
    # The first match is the root resolver's; what it left over is what the root URLconf's own patterns saw.
    root = next(iter(trail.values()), None) if trail else None
    rests = [root[0] if root else None]
    trail = trail or {}
    winner = chains[-1] if matched and chains else None
    for chain in chains:
        bottom = len(chain) - 1
        shared = 0
        most = min(len(above), bottom)
        while shared < most and above[shared] is chain[shared]:
            shared += 1
        del rests[shared + 1 :]
        for depth in range(shared, bottom + 1):
            if len(shown) >= 2000:
                lose("tried", "more than 2000 patterns were tried")
                return shown
            pattern = chain[depth]
            path = rests[depth] if depth < len(rests) else None
            result = trail.get((id(pattern.pattern), path), _UNSEEN)
            outcome = "prefix" if depth < bottom else "matched" if chain is winner else "no match"
            shown.append(_pattern(pattern, depth, path, result, outcome))
            rests.append(result[0] if result is not _UNSEEN and result else None)
        above = chain
    return shown


_UNSEEN = object()
_KINDS = {"RoutePattern": "route", "RegexPattern": "regex", "LocalePrefixPattern": "locale_prefix"}


#: What was shown of a pattern, by how it went; with the pattern, so that its id stays its own.
_shown = {}


def _pattern(pattern, depth, path, result, outcome):
    """``(TriedPattern but for its rest, rest)``: the same object for the same pattern that went the same way."""
    inner = pattern.pattern
    include = hasattr(pattern, "url_patterns")
    entered = include and result is not _UNSEEN and bool(result)
    if entered:
        outcome = "prefix"  # it may hold nothing that could be tried
    rest = str(result[0]) if entered else None
    refused = (
        result is None
        and outcome == "no match"
        and not include
        and path is not None
        and getattr(inner, "converters", None)
        and inner.regex.search(path)
    )
    # Translated patterns and prefixes have another text in another language.
    text = str(inner)
    key = (id(pattern), depth, outcome, bool(refused), text)
    known = _shown.get(key)
    if known is None:
        if len(_shown) > 20_000:
            _shown.clear()
        known = _shown[key] = (_described(pattern, depth, outcome, include, refused, text), pattern)
    return known[0], rest


def _described(pattern, depth, outcome, include, refused, text):
    inner = pattern.pattern
    entry = {
        "pattern": text,
        "kind": _KINDS.get(type(inner).__name__, "other"),
        "depth": depth,
        "outcome": outcome,
    }
    if include:
        entry["include"] = True
        if pattern.namespace:
            entry["namespace"] = str(pattern.namespace)
    elif getattr(pattern, "name", None):
        entry["name"] = str(pattern.name)
    line = pattern.__dict__.get(_LINE)
    if line:
        entry["location"] = at(line[0], line[1])
    if refused:
        names = ", ".join(sorted(name for name in inner.converters))
        entry["reason"] = "the path fits, but a converter's to_python (%s) raised ValueError" % names
    return entry
