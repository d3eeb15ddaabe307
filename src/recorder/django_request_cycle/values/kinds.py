"""How values of known kinds are shown: the built-in ones, and Django's by the module and name of their class."""

import collections
import enum
import sys
import types

from ..places.location import project_files
from .held import NOT_EVALUATED, held_by, key_text, lazy_value, type_name

_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, type)


#: The keys of what has none; more than are ever shown of one value.
INDEXES = tuple(map(str, range(100)))


def _show_text(previewer, value, depth, above):
    preview = previewer.text(str.__str__(value))
    preview["type"] = type_name(value)
    return preview


def _show_enum(previewer, value, depth, above):
    held = held_by(value)
    return {"type": type_name(value), "repr": "%s.%s" % (type(value).__name__, held.get("_name_", "?"))}


def _show_number(previewer, value, depth, above):
    return {"type": type_name(value), "repr": int.__repr__(value) if int.bit_length(value) < 500 else "<large int>"}


def _show_dict(previewer, value, depth, above):
    return previewer.container(value, dict.items(value), dict.__len__(value), depth, above)


def _show_plain_dict(previewer, value, depth, above):
    return previewer.mapping(value, depth, above)


def _sequence(base):
    def show(previewer, value, depth, above):
        size = base.__len__(value)
        if base is tuple and hasattr(type(value), "_fields"):
            pairs = zip(type(value)._fields, tuple.__iter__(value))
        else:
            pairs = zip(INDEXES, base.__iter__(value))
        return previewer.container(value, pairs, size, depth, above)

    return show


def _show_function(previewer, value, depth, above):
    target = getattr(value, "__func__", value)
    name = "%s.%s" % (getattr(target, "__module__", None), getattr(target, "__qualname__", "?"))
    return {
        "type": type_name(value),
        "repr": "<%s %s>" % ("class" if issubclass(type(value), type) else "function", name),
    }


def _show_module(previewer, value, depth, above):
    return {"type": "module", "repr": "<module %s>" % vars(value).get("__name__", "?")}


def _show_exception(previewer, value, depth, above):
    arguments = BaseException.args.__get__(value)
    pairs = zip(INDEXES, arguments)
    return previewer.container(value, pairs, len(arguments), depth, above, "<%s>" % type(value).__name__)


_SPECIAL = (
    (enum.Enum, _show_enum),
    (str, _show_text),
    (int, _show_number),
    (dict, _show_dict),
    (list, _sequence(list)),
    (tuple, _sequence(tuple)),
    (set, _sequence(set)),
    (frozenset, _sequence(frozenset)),
    (collections.deque, _sequence(collections.deque)),
    (_FUNCTIONS, _show_function),
    (types.ModuleType, _show_module),
    (BaseException, _show_exception),
)


def _show_multi_value(previewer, value, depth, above):
    pairs = ((key, items[0] if len(items) == 1 else items) for key, items in dict.items(value) if type(items) is list)
    return previewer.container(value, pairs, dict.__len__(value), depth, above)


_kinds = {}


def show_of(kind):
    """How to show an instance of a built-in class or of one of Django's, or ``None``; remembered by class."""
    known = _kinds.get(id(kind))
    if known is not None:
        return known[0]
    show = next((show for base, show in _SPECIAL if issubclass(kind, base)), None)
    if kind is dict:
        show = _show_plain_dict
    for base in kind.__mro__ if show is None or show is _show_dict else ():
        found = _DJANGO.get((base.__module__, base.__name__))
        if found is not None:
            show = found
            break
    if len(_kinds) > 5000:
        _kinds.clear()
    # The class is kept, so that its id stays its own.
    _kinds[id(kind)] = (show, kind)
    return show


_of_project = {}


def is_of_project(kind):
    """Whether a class is the project's, as far as its module says; remembered by class."""
    known = _of_project.get(id(kind))
    if known is not None:
        return known[0]
    name = type.__getattribute__(kind, "__module__")
    module = sys.modules.get(name) if type(name) is str else None
    file = vars(module).get("__file__") if issubclass(type(module), types.ModuleType) else None
    found = project_files[file] if type(file) is str else name != "builtins"
    if len(_of_project) > 5000:
        _of_project.clear()
    # The class is kept, so that its id stays its own.
    _of_project[id(kind)] = (found, kind)
    return found


#: What a model's instance holds of how it came to be.
NOT_SHOWN = ("_state", "_prefetched_objects_cache", "backend")


def show_model(previewer, value, depth, above):
    meta = type(value)._meta
    held = held_by(value)
    key = held.get(meta.pk.attname) if meta.pk is not None else None
    shown = "<%s: pk=%s>" % (type(value).__name__, key_text(key) if key is not None else "None")
    return previewer.attributes(value, shown, depth, above, skip=NOT_SHOWN)


def _show_queryset(previewer, value, depth, above):
    held = held_by(value)
    model = held.get("model")
    name = "QuerySet of %s" % getattr(model, "__name__", "?")
    cache = held.get("_result_cache")
    if type(cache) is not list:
        return {"type": type_name(value), "repr": "<%s, not evaluated>" % name}
    pairs = zip(INDEXES, cache)
    return previewer.container(value, pairs, len(cache), depth, above, "<%s, %d rows>" % (name, len(cache)))


def show_lazy(previewer, value, depth, above):
    wrapped = lazy_value(value)
    if wrapped is NOT_EVALUATED:
        return {"type": type_name(value), "repr": "<not evaluated>"}
    preview = previewer.preview(wrapped, depth, above)
    return dict(preview, type="%s (lazy)" % preview["type"])


def _show_promise(previewer, value, depth, above):
    held = held_by(value)
    arguments = held.get("_args", held.get("_proxy____args", ()))
    if type(arguments) is tuple and arguments and type(arguments[0]) is str:
        return {"type": "lazy text", "repr": "<lazy %s>" % repr(arguments[0][: previewer.chars])}
    return {"type": "lazy text", "repr": "<not evaluated>"}


def show_request(previewer, value, depth, above):
    held = held_by(value)
    return {
        "type": type_name(value),
        "repr": "<%s %s %s>" % (type(value).__name__, held.get("method"), held.get("path")),
    }


def _show_response(previewer, value, depth, above):
    held = held_by(value)
    return {
        "type": type_name(value),
        "repr": "<%s %s>" % (type(value).__name__, held.get("status_code", type(value).status_code)),
    }


def _show_form(previewer, value, depth, above):
    held = held_by(value)
    parts = [
        (name, held[name]) for name in ("prefix", "initial", "cleaned_data", "_errors", "instance") if held.get(name)
    ]
    bound = "bound" if held.get("is_bound") else "unbound"
    shown = "<%s, %s>" % (type(value).__name__, bound)
    return previewer.container(value, parts, len(parts), depth, above, shown)


def _show_file(previewer, value, depth, above):
    held = held_by(value)
    name = held.get("_name", held.get("name"))
    return {"type": type_name(value), "repr": "<%s %s>" % (type(value).__name__, key_text(name) if name else "unnamed")}


def show_type(previewer, value, depth, above):
    return {"type": type_name(value), "repr": "<%s>" % type(value).__name__}


_DJANGO = {
    ("django.db.models.base", "Model"): show_model,
    ("django.db.models.query", "QuerySet"): _show_queryset,
    ("django.db.models.manager", "BaseManager"): show_type,
    ("django.utils.datastructures", "MultiValueDict"): _show_multi_value,
    ("django.utils.functional", "LazyObject"): show_lazy,
    ("django.utils.functional", "Promise"): _show_promise,
    ("django.http.request", "HttpRequest"): show_request,
    ("django.http.response", "HttpResponseBase"): _show_response,
    ("django.forms.forms", "BaseForm"): _show_form,
    ("django.core.files.base", "File"): _show_file,
    ("django.template.context", "BaseContext"): show_type,
    ("django.contrib.sessions.backends.base", "SessionBase"): show_type,
    ("django.template.base", "Template"): show_type,
    ("django.db.models.query_utils", "Q"): show_type,
    ("django.db.backends.base.base", "BaseDatabaseWrapper"): show_type,
}
