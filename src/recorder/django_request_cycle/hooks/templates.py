"""Template stages: each render with its name, origin, inheritance, includes and context.

``Template.render`` (``django/template/base.py``) runs for a page and for each include, ``Template._render`` also for
a parent that ``{% extends %}`` names; Jinja2 templates are recorded as a whole, by their backend.
"""

import functools

from ..clock import now
from ..cycle import Stage, active, running
from ..health import health, shielded
from ..places import callsite
from ..places.location import project_files
from ..stack_room import roomy
from ..values.held import plain
from ..values.same import Same
from ..writing.usual import Usual

#: Context names shown for one template.
NAMES = 60
#: What every template's context holds anyway.
_BUILTIN = frozenset(("True", "False", "None"))


def install(base):
    """A step for ``django.template.base``."""
    callsite.watch_templates(base.Node)
    template = base.Template
    original_render = template.render

    @callsite.rendering
    @functools.wraps(original_render)
    def render(self, context):
        cycle = running()
        if cycle is None or not cycle.open:
            return original_render(self, context)
        stage = _begin(cycle, self, context)
        try:
            if cycle.has_room:
                result = original_render(self, context)
            else:
                result = _in_a_room(cycle, original_render, self, context)
        except BaseException as error:
            _raised(cycle, stage, error)
            raise
        if stage is not None:
            _end(cycle, stage)
        return result

    template.render = render


def _in_a_room(cycle, render, template, context):
    cycle.has_room = True
    try:
        return roomy(render, template, context)
    finally:
        cycle.rooms_left -= 1
        cycle.has_room = cycle.rooms_left <= 0


def install_inheritance(loader_tags):
    """A step for ``django.template.loader_tags``: which parent a template extends."""
    node = loader_tags.ExtendsNode
    original = node.get_parent

    @functools.wraps(original)
    def get_parent(self, context):
        parent = original(self, context)
        cycle = active()
        if cycle is not None:
            _extends(cycle, parent)
        return parent

    node.get_parent = get_parent


@shielded
def _extends(cycle, parent):
    stage = cycle.stage
    if stage is not None and stage.kind == "template":
        chain = stage.mine().setdefault("parents", [])
        name = parent.name  # as the tag has it, a SafeString
        chain.append((plain(name) if name else name, getattr(getattr(parent, "origin", None), "name", None)))


#: Of templates that are included and of others, by origin: the template's name, its usual stage, and whether it is the
#: project's own. Several may bear one origin, as those made from strings do; then it is the one seen last.
_known = {True: {}, False: {}}
#: Usual stages by name, origin and whether included.
_usual = {}


def _usual_stage(name, origin, included):
    usual = _usual.get((name, origin, included))
    real = type(origin) is str and not origin.startswith("<")
    if usual is None:
        if len(_usual) > 2000:
            _usual.clear()
            _known[True].clear()
            _known[False].clear()
        detail = {"origin": origin} if real else {}
        if included:
            detail["included"] = True
        shown = name or "<template from a string>"
        usual = _usual[name, origin, included] = Usual("template", shown, None, detail, origin if real else None)
    known = _known[included][origin] = (name, usual, real and project_files[origin])
    return known


def _begin(cycle, template, context):
    # Not ``shielded`` but by itself, and not by ``Cycle.open_stage``: a page has hundreds of these.
    try:
        begin = now()
        outer = cycle.stage
        if outer is None:
            within = included = False
        else:
            within = outer.kind == "template"
            included = within and context.template is not None
        origin = template.origin
        if origin is not None:
            origin = origin.name
        known = _known[included].get(origin)
        if known is None or known[0] != template.name:
            known = _usual_stage(template.name, origin, included)
        _name, usual, own = known
        number = cycle.stage_count + 1
        if number > cycle.most_stages:
            cycle.lose_stage()
            return None
        cycle.stage_count = number
        spare = cycle.spare
        if spare:
            stage = spare.pop()
        else:
            stage = Stage()
            stage.kind = "template"
            stage.name = stage.target = stage.detail = stage.end = stage.events = stage.depth = None
        stage.id = number
        stage.usual = usual
        stage.outside = outer
        stage.parent = None if outer is None else outer.id
        stage.outer_place = None
        cycle.stages.append(stage)
        cycle.stage = stage
        # Within another template only the project's own are worth their context: a form's widgets come by the hundred.
        if own or not within:
            _note_context(cycle, stage, context, outer if included else None)
        stage.start = start = now()
        cycle.spent += start - begin
        return stage
    except Exception as error:
        health.report(error)
        return None


@shielded
def _note_context(cycle, stage, context, outer):
    stage.depth = len(context.dicts)
    if cycle.contexts_left <= 0:
        cycle.lose("context", "only the first templates' contexts are kept")
        return
    cycle.contexts_left -= 1
    shown = _context(cycle, context, outer)
    if shown:
        stage.mine()["context"] = shown


def _context(cycle, context, outer):
    """What is new in this context: all of a page's, of an include only what its parent did not have."""
    first = (outer.depth or 0) if outer is not None else 0
    layers = context.dicts[first:] if first < len(context.dicts) else context.dicts[-1:]
    names = {}
    for layer in layers:
        if type(layer) is dict or issubclass(type(layer), dict):
            for name, value in dict.items(layer):
                if type(name) is str and name not in _BUILTIN:
                    names[name] = value
    if len(names) > NAMES:
        cycle.lose("context", "more than %d names in a template's context" % NAMES)
    named = cycle.previewer.named
    # What an include is given, its page's context shows in full as a rule.
    depth = 1 if outer is not None else 0
    if cycle.same is None:
        cycle.same = Same(cycle)
    note = cycle.same.note
    shown = list(names.items())[:NAMES]
    return [{"name": name, "value": note(value, named(name, value, depth))} for name, value in shown]


def _end(cycle, stage):
    try:
        end = now()
        stages = cycle.stages
        outside = stage.outside
        if (
            stage.usual is not None
            and stage.events is None
            and stage.depth is None
            and cycle.open
            and cycle.stage is stage  # else one in another thread may still stand within it
            and stages[-1] is stage
        ):
            # Nothing is left of it but numbers: so there are few objects for the garbage collector to look at.
            stages.pop()
            cycle.plain += (stage.id, stage.usual, stage.start, end, stage.parent)
            cycle.spare.append(stage)
        else:
            stage.end = end
        cycle.stage = outside
        if outside is None or outside.kind != "template":
            cycle.same = None  # the contexts may be gone
    except Exception as error:
        health.report(error)


@shielded
def _raised(cycle, stage, error):
    if stage is not None:
        stage.mine()["reason"] = type(error).__name__
        stage.outcome = "raised"
        _end(cycle, stage)


def install_jinja2(backend):
    """A step for ``django.template.backends.jinja2``."""
    template = backend.Template
    original = template.render

    @functools.wraps(original)
    def render(self, context=None, request=None):
        cycle = active()
        if cycle is None:
            return original(self, context, request)
        stage = _begin_jinja2(cycle, self, context)
        try:
            result = original(self, context, request)
        except BaseException as error:
            _raised(cycle, stage, error)
            raise
        if stage is not None:
            _end(cycle, stage)
        return result

    template.render = render


@shielded
def _begin_jinja2(cycle, template, context):
    inner = template.template
    stage = cycle.open_stage("template", inner.name or "<template from a string>", template, nested=True)
    if stage is None:
        return None
    stage.detail["engine"] = "jinja2"
    if type(inner.filename) is str:
        stage.detail["origin"] = inner.filename
    if type(context) is dict:
        named = cycle.previewer.named
        stage.detail["context"] = [
            {"name": name, "value": named(name, value)} for name, value in list(context.items())[:NAMES]
        ]
    return stage


def describe(stage):
    """Give a template stage its final detail: engine, ``extends``. Runs after the response was sent."""
    detail = stage.detail
    parents = detail.pop("parents", None)
    if parents:
        detail["extends"] = parents[0][0]
        detail["parents"] = [
            {"name": name, **({"origin": origin} if origin else {})} for name, origin in parents if name
        ]
