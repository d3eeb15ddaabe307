"""What Django resolves paths to: made from the project's own routes, and damaged.

    python django_paths.py --root DIR --settings MODULE [--path DIR ...] [--env K=V ...] [--chdir DIR] [--count N]
        [--seed N]

Prints JSON: `{"paths": [{"path", "language", "match" | "error", "tried"}]}`. A match has the index of the leaf in the
order of the walk, url_name, namespaces, app_names, args and kwargs as reprs; `tried` is the number and a digest of the
chains of patterns that were tried (for a match: it last). The language is what LocaleMiddleware would activate.
"""

import argparse
import functools
import hashlib
import inspect
import json
import os
import random
import re
import sys

try:
    import re._parser as sre_parse
except ImportError:
    import sre_parse

WORDS = ["a", "blog", "x-1", "Top_2", "2024", "0", "007", "é", "a.b", "a b", "self", "en", "None"]
UUID = "12345678-1234-1234-1234-123456789abc"


def sample_regex(pattern, rng):
    """A text that the regular expression matches, as far as lookarounds and references allow."""
    return "".join(sample_items(sre_parse.parse(pattern), {}, rng))


def sample_items(items, groups, rng):
    for op, value in items:
        yield from sample_item(str(op), value, groups, rng)


def sample_item(op, value, groups, rng):
    if op == "LITERAL":
        yield chr(value)
    elif op == "NOT_LITERAL":
        yield rng.choice([c for c in "abz19-" if ord(c) != value])
    elif op == "ANY":
        yield rng.choice("abz19-é")
    elif op == "IN":
        yield sample_class(value, rng)
    elif op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inner = value
        for _ in range(min(int(most), least + rng.choice([0, 1, 1, 3]))):
            yield from sample_items(inner, groups, rng)
    elif op == "BRANCH":
        yield from sample_items(rng.choice(value[1]), groups, rng)
    elif op == "SUBPATTERN":
        text = "".join(sample_items(value[-1], groups, rng))
        if value[0] is not None:
            groups[value[0]] = text
        yield text
    elif op == "ATOMIC_GROUP":
        yield from sample_items(value, groups, rng)
    elif op == "GROUPREF":
        yield groups.get(value, "")
    elif op == "GROUPREF_EXISTS":
        yield from sample_items((value[1] if value[0] in groups else value[2]) or [], groups, rng)


CATEGORIES = {
    "CATEGORY_DIGIT": "0379",
    "CATEGORY_WORD": "ab_Z9é",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_DIGIT": "ab-",
    "CATEGORY_NOT_SPACE": "ab1-",
    "CATEGORY_NOT_WORD": "-.",
}


def sample_class(items, rng):
    negated = str(items[0][0]) == "NEGATE"
    allowed = []
    for op, value in items[1:] if negated else items:
        op = str(op)
        if op == "LITERAL":
            allowed.append(chr(value))
        elif op == "RANGE":
            allowed += [chr(value[0]), chr(value[1]), chr((value[0] + value[1]) // 2)]
        elif op == "CATEGORY":
            allowed += CATEGORIES.get(str(value), "a")
    if not negated:
        return rng.choice(allowed)
    return rng.choice([c for c in "abXYZ0189-_.é~" if c not in allowed] or ["\u00ff"])


def sample_pattern(pattern, rng):
    kind = [cls.__name__ for cls in type(pattern).__mro__]
    text = str(pattern)
    if "LocalePrefixPattern" in kind:
        return text
    if "RoutePattern" in kind:
        return re.sub(r"<(?:[^>:]+:)?([^>]+)>", lambda found: sample_converter(pattern.converters[found[1]], rng), text)
    return sample_regex(pattern.regex.pattern, rng)


def sample_converter(converter, rng):
    name = type(converter).__name__
    if rng.random() < 0.1:
        return rng.choice(WORDS)
    if name == "UUIDConverter":
        return UUID
    if name == "IntConverter":
        return rng.choice(["0", "7", "007", "123456789012345678901234567890"])
    if name == "PathConverter":
        return rng.choice(["a", "a/b", "a//b/", "é/x.txt"])
    if name in ("StringConverter", "SlugConverter"):
        return rng.choice(["a", "blog", "x-1", "Top_2", "2024"])
    return sample_regex(converter.regex, rng)


# Arguments that converters and regular expressions take, or refuse, against the first look: int() has a limit of
# digits and takes those of any script, a UUID's hex is lower case, a slug is ASCII, `$` matches before a last newline.
ARGUMENTS = ["-1", "+1", "1.0", "1e3", "0x1F", "1_000", "٣٤", "７", "²", "0" * 30, "9" * 4300, "9" * 4301, "1" * 9000]
ARGUMENTS += [UUID.upper(), UUID.replace("-", ""), UUID[:-1], UUID + "0", "{" + UUID + "}", UUID.replace("c", "g")]
ARGUMENTS += [
    "é",
    "ſ",
    "a_b",
    "a-b-",
    "-",
    "_",
    ".",
    "..",
    "a.b",
    "a b",
    "%2F",
    "%00",
    "\x00",
    "a\n",
    "\n",
    "",
    "A" * 5000,
]
ARGUMENTS += [
    "None",
    "null",
    "true",
    "2024-02-30",
    "2024-1-1",
    "00:00",
    "en-US",
    "../..",
    "a/b",
    "/",
    "//",
    "\U0001f600",
]


def strange_path(chain, rng):
    """The path of a route, its arguments strange ones; of regular expressions, what stands for a group."""
    out = []
    for one in chain:
        pattern = one.pattern
        kind = [cls.__name__ for cls in type(pattern).__mro__]
        text = str(pattern)
        if "RoutePattern" in kind:
            out.append(re.sub(r"<(?:[^>:]+:)?([^>]+)>", lambda _: rng.choice(ARGUMENTS), text))
        elif "LocalePrefixPattern" in kind:
            out.append(text)
        else:
            sample = sample_regex(pattern.regex.pattern, rng)
            found = re.match(pattern.regex.pattern, sample)
            for number in range(found.re.groups if found else 0, 0, -1):
                if found[number] is not None and rng.random() < 0.6:
                    start, end = found.span(number)
                    sample = sample[:start] + rng.choice(ARGUMENTS) + sample[end:]
            out.append(sample)
    path = "/" + "".join(out)
    return path if rng.random() < 0.8 else nastier(path, rng.randrange(len(path) + 1), rng)


def damaged(path, rng):
    parts = path.split("/")
    at = rng.randrange(len(path) + 1)
    return rng.choice(
        [
            lambda: path.rstrip("/"),
            lambda: path + "/",
            lambda: path + rng.choice(WORDS),
            lambda: path + rng.choice(WORDS) + "/",
            lambda: path[:at],
            lambda: path[:at] + rng.choice("/-.0aé~ \n%<") + path[at:],
            lambda: path[:at] + path[at + 1 :],
            lambda: path.upper(),
            lambda: path.replace("/", "//", 1),
            lambda: path + "\n",
            lambda: "/".join(parts[:1] + parts[2:]),
            lambda: "/".join([rng.choice(WORDS) if rng.random() < 0.4 else part for part in parts]),
            lambda: path.rstrip("/") + rng.choice([".json", ".", ".api/"]),
            *[lambda: nastier(path, at, rng)] * 6,
        ]
    )()


# Digits and letters that regular expressions take for such, characters that only some take for line ends or for white
# space, composed and not, reserved in URLs, escapes that are none.
STRANGE = ["٣", "７", "²", "Ⅷ", "ß", "İ", "ı", "ſ", "é", "e\u0301", "😀", "\u200b", "\ufeff", "한글"]
STRANGE += ["\r", "\r\n", "\t", "\x00", "\x0b", "\x1f", "\x85", "\xa0", "\u2028", "\u3000", "\x7f"]
STRANGE += [
    "%41",
    "%2F",
    "%zz",
    "+",
    ";",
    "?",
    "#",
    "&",
    "=",
    "\\",
    "..",
    "./",
    "../",
    "$",
    "^",
    "(",
    ")",
    "[",
    "{",
    "}",
    "|",
    "*",
]


def nastier(path, at, rng):
    parts = path.split("/")
    which = rng.randrange(len(parts))
    return rng.choice(
        [
            lambda: path[:at] + rng.choice(STRANGE) + path[at:],
            lambda: path + rng.choice(STRANGE),
            lambda: path.rstrip("/") + rng.choice(STRANGE) + "/",
            lambda: "".join(rng.choice(STRANGE) if rng.random() < 0.1 else char for char in path),
            lambda: "".join(chr(0xFF10 + int(char)) if char in "0123456789" else char for char in path),
            lambda: "/".join([*parts[:which], rng.choice(STRANGE), *parts[which + 1 :]]),
            lambda: "/".join([*parts[:which], parts[which] * rng.choice([2, 400]), *parts[which + 1 :]]),
            lambda: "/".join([*parts[:which], "", *parts[which:]]),
            lambda: "/".join([*parts[:which], *reversed(parts[which:])]),
            lambda: path.swapcase(),
            lambda: " " + path,
            lambda: path + " ",
            lambda: path.replace("/", "//"),
            lambda: path + path,
            lambda: path.strip("/"),
            lambda: damaged(damaged(path, rng), rng),
        ]
    )()


def rooted(path):
    """A request's path begins with a slash."""
    return path if path.startswith("/") else "/" + path


def leaves(resolver, chain=()):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from leaves(pattern, (*chain, pattern))
        else:
            yield (*chain, pattern)


def plain(value):
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))[:200]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--path", action="append", default=[])
    options.add_argument("--root", required=True)
    options.add_argument("--settings", required=True)
    options.add_argument("--env", action="append", default=[])
    options.add_argument("--chdir")
    options.add_argument("--count", type=int, default=240)
    options.add_argument("--seed", type=int, default=4)
    asked = options.parse_args()
    for pair in asked.env:
        name, value = pair.split("=", 1)
        os.environ[name] = value
    os.environ["DJANGO_SETTINGS_MODULE"] = asked.settings
    here = os.path.dirname(os.path.realpath(__file__))
    sys.path[:] = [
        *map(os.path.abspath, asked.path or [asked.root]),
        *(p for p in sys.path if os.path.realpath(p or ".") != here),
    ]
    if asked.chdir:
        os.chdir(asked.chdir)
    sys.argv = ["manage.py", "show_urls"]
    answer, sys.stdout = sys.stdout, sys.stderr
    result = resolve_all(asked.count, random.Random(asked.seed))
    answer.write(json.dumps(result))
    answer.flush()
    os._exit(0)


def resolve_all(count, rng):
    import django

    if os.environ.get("DJANGO_CONFIGURATION"):
        from configurations import importer

        importer.install()
    django.setup()
    from django.conf import settings
    from django.urls.resolvers import URLPattern
    from django.utils import translation

    from django.urls import get_resolver

    resolver = get_resolver()
    every = list(leaves(resolver))
    paths = ["/", "//", "/no/such/page", "/admin", "/%2F/", "/static/x.css"]
    if every:
        whole = [every[i * len(every) // min(len(every), count)] for i in range(min(len(every), count))]
        for language in languages_of(settings):
            with translation.override(language):
                share = whole if language == settings.LANGUAGE_CODE else rng.sample(whole, min(len(whole), 15))
                for chain in share:
                    path = "/" + "".join(sample_pattern(one.pattern, rng) for one in chain)
                    at = rng.randrange(len(path) + 1)
                    paths += [path, damaged(path, rng), nastier(path, at, rng), strange_path(chain, rng)]
    kept = list(dict.fromkeys(rooted(path) for path in paths))
    if len(kept) > 3 * count:
        kept = kept[:6] + rng.sample(kept[6:], 3 * count)
    while 0 < len(kept) < count and every:
        kept = list(dict.fromkeys([*kept, rooted(damaged(rng.choice(kept), rng))]))

    index = {}
    for number, chain in enumerate(every):
        index.setdefault(id(chain[-1]), []).append(number)
    matched = []
    original = URLPattern.resolve

    def resolve(self, path):
        found = original(self, path)
        if found:
            matched.append(self)
        return found

    URLPattern.resolve = resolve
    locale = any(is_locale_middleware(path) for path in settings.MIDDLEWARE)
    return {
        "paths": [one_path(path, resolver, matched, index, locale) for path in kept],
        "methods": [answered(chain[-1].callback) for chain in every],
    }


def answered(callback):
    """The HTTP methods that a view answers, by its class's own word; None where all do, or where only running tells."""
    only = None
    for _ in range(30):
        cls = getattr(callback, "view_class", None) or getattr(callback, "cls", None)
        if isinstance(cls, type) and not isinstance(callback, type) and not hasattr(callback, "__func__"):
            names = of_class(cls, callback)
            return names if only is None or names is None else [name for name in names if name in only]
        cells = dict(
            zip(
                getattr(getattr(callback, "__code__", None), "co_freevars", ()),
                getattr(callback, "__closure__", None) or (),
            )
        )
        if "request_method_list" in cells:
            names = list(cells["request_method_list"].cell_contents)
            only = names if only is None else [name for name in only if name in names]
        operations = [cell.cell_contents for cell in cells.values() if hasattr(cell, "cell_contents")]
        operations = [one for one in operations if hasattr(one, "operations")]
        operations += [one for one in [getattr(callback, "__self__", None)] if hasattr(one, "operations")]
        if operations:
            return [method for one in operations[0].operations for method in one.methods]
        inner = getattr(callback, "func", None) if isinstance(callback, functools.partial) else None
        inner = inner or getattr(callback, "__wrapped__", None)
        if inner is None:
            break
        callback = inner
    return only


def of_class(cls, callback):
    from django.views import View

    dispatch = getattr(cls, "dispatch", None)
    if not issubclass(cls, View) or dispatch is None:
        return None
    if not re.match(r"(?:django\.views|rest_framework)\.", getattr(dispatch, "__module__", "")):
        try:
            if inspect.getsource(dispatch).count("dispatch(") < 2:
                return None
        except (OSError, TypeError):
            return None
    kwargs = getattr(callback, "view_initkwargs", None) or getattr(callback, "initkwargs", None) or {}
    try:
        view = cls(**kwargs)
    except Exception:
        return None
    for method, action in (getattr(callback, "actions", None) or {}).items():
        setattr(view, method, getattr(view, action))
    if hasattr(view, "get") and not hasattr(view, "head"):
        view.head = view.get
    return view._allowed_methods()


def languages_of(settings):
    if not settings.USE_I18N:
        return [settings.LANGUAGE_CODE]
    others = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return [settings.LANGUAGE_CODE, *others[:3]]


def is_locale_middleware(path):
    from django.middleware.locale import LocaleMiddleware
    from django.utils.module_loading import import_string

    try:
        found = import_string(path)
    except Exception:
        return False
    return isinstance(found, type) and issubclass(found, LocaleMiddleware)


def requested_language(path):
    """What LocaleMiddleware.process_request activates for a request without cookies and headers."""
    from django.conf import settings
    from django.conf.urls.i18n import is_language_prefix_patterns_used
    from django.test import RequestFactory
    from django.utils import translation

    request = RequestFactory().get("/")
    request.path_info = path
    used, default_prefixed = is_language_prefix_patterns_used(settings.ROOT_URLCONF)
    if used and not default_prefixed and not translation.get_language_from_path(path):
        return settings.LANGUAGE_CODE
    return translation.get_language_from_request(request, check_path=used)


def one_path(path, resolver, matched, index, locale):
    from django.conf import settings
    from django.utils import translation

    from django.urls import Resolver404

    language = requested_language(path) if locale else settings.LANGUAGE_CODE
    row = {"path": path, "language": language}
    del matched[:]
    with translation.override(language):
        try:
            match = resolver.resolve(path)
        except Resolver404 as missing:
            row["match"] = None
            row["tried"] = digest(
                missing.args[0].get("tried") if missing.args and isinstance(missing.args[0], dict) else None
            )
        except Exception as error:
            row["error"] = "%s: %s" % (type(error).__name__, str(error)[:200])
        else:
            row["match"] = {
                "leaves": index.get(id(matched[-1]), []) if matched else [],
                "name": None if match.url_name is None else str(match.url_name),
                "namespaces": [str(one) for one in match.namespaces],
                "app_names": [str(one) for one in match.app_names],
                "args": [plain(one) for one in match.args],
                "kwargs": {str(name): plain(value) for name, value in match.kwargs.items()},
            }
            row["tried"] = digest(getattr(match, "tried", None))
    return row


def digest(tried):
    if tried is None:
        return None
    chains = ["\x01".join(str(one.pattern) for one in chain) for chain in tried]
    return [len(chains), hashlib.sha1("\x02".join(chains).encode()).hexdigest()[:12]]


if __name__ == "__main__":
    main()
