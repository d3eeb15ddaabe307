# Shapes of code that web frameworks and their plug-ins are written in.
import copy
import functools
import inspect
import operator
import types
import weakref
from collections import OrderedDict
from contextlib import contextmanager
from itertools import chain

empty = object()


def new_method_proxy(func):
    def inner(self, *args):
        if (_wrapped := self._wrapped) is empty:
            self._setup()
            _wrapped = self._wrapped
        return func(_wrapped, *args)

    inner._mask_wrapped = False
    return inner


class LazyObject:
    _wrapped = None

    def __init__(self):
        self._wrapped = empty

    def __getattribute__(self, name):
        if name == '_wrapped':
            return super().__getattribute__(name)
        value = super().__getattribute__(name)
        if not getattr(value, '_mask_wrapped', True):
            raise AttributeError
        return value

    __getattr__ = new_method_proxy(getattr)

    def __setattr__(self, name, value):
        if name == '_wrapped':
            self.__dict__['_wrapped'] = value
        else:
            if self._wrapped is empty:
                self._setup()
            setattr(self._wrapped, name, value)

    __str__ = new_method_proxy(str)
    __bool__ = new_method_proxy(bool)
    __class__ = property(new_method_proxy(operator.attrgetter('__class__')))
    __eq__ = new_method_proxy(operator.eq)
    __hash__ = new_method_proxy(hash)
    __getitem__ = new_method_proxy(operator.getitem)
    __len__ = new_method_proxy(len)
    __iter__ = new_method_proxy(iter)
    __contains__ = new_method_proxy(operator.contains)


class SimpleLazy(LazyObject):
    def __init__(self, func):
        self.__dict__['_setupfunc'] = func
        super().__init__()

    def _setup(self):
        self._wrapped = self._setupfunc()


lazy = SimpleLazy(lambda: [1, 2, 3])
lazies = len(lazy), lazy[1], list(lazy), 2 in lazy, isinstance(lazy, list), lazy == [1, 2, 3], lazy.index(3), str(lazy), bool(lazy)


class View:
    http_method_names = ['get', 'post']

    def __init__(self, **kwargs):
        for key, value in kwargs.items():
            setattr(self, key, value)

    @classmethod
    def as_view(cls, **initkwargs):
        for key in initkwargs:
            if key in cls.http_method_names:
                raise TypeError('The method name %s is not accepted by %s().' % (key, cls.__name__))
            if not hasattr(cls, key):
                raise TypeError('%s() received an invalid keyword %r.' % (cls.__name__, key))

        def view(request, *args, **kwargs):
            self = cls(**initkwargs)
            self.request = request
            return self.dispatch(request, *args, **kwargs)

        view.view_class = cls
        view.view_initkwargs = initkwargs
        view.__doc__ = cls.__doc__
        view.__module__ = cls.__module__
        functools.update_wrapper(view, cls.dispatch, assigned=())
        return view

    def dispatch(self, request, *args, **kwargs):
        handler = getattr(self, request.lower(), self.refused)
        return handler(request, *args, **kwargs)

    def refused(self, request, *args, **kwargs):
        return '405', [m.upper() for m in self.http_method_names if hasattr(self, m)]


class Detail(View):
    """Doc of Detail."""

    template = 'x'

    def get(self, request, pk=0):
        return self.template, pk


view = Detail.as_view(template='y')
viewed = view('GET', pk=3), view('PUT'), view.view_class.__name__, view.__doc__, view.__qualname__, view.view_initkwargs
try:
    Detail.as_view(nothing=1)
except TypeError as e:
    refused = str(e)


class DeclarativeMeta(type):
    def __new__(mcs, name, bases, attrs):
        fields = [(key, attrs.pop(key)) for key, value in list(attrs.items()) if isinstance(value, Field)]
        fields.sort(key=lambda pair: pair[1].counter)
        new_class = super().__new__(mcs, name, bases, attrs)
        declared = OrderedDict()
        for base in reversed(new_class.__mro__):
            if hasattr(base, 'declared'):
                declared.update(base.declared)
            for attr, value in base.__dict__.items():
                if value is None and attr in declared:
                    declared.pop(attr)
        declared.update(fields)
        new_class.declared = declared
        for key, field in fields:
            if hasattr(field, 'contribute_to_class'):
                field.contribute_to_class(new_class, key)
        return new_class


class Field:
    count = 0

    def __init__(self, label=None):
        self.label = label
        self.counter = Field.count
        Field.count += 1

    def contribute_to_class(self, cls, name):
        self.name = name
        setattr(cls, 'get_%s_display' % name, functools.partialmethod(type(self).display, field=self))

    @staticmethod
    def display(instance, field):
        return '%s of %s' % (field.name, type(instance).__name__)


class Form(metaclass=DeclarativeMeta):
    b = Field()
    a = Field('A')


class SubForm(Form):
    a = None
    c = Field()


forms = list(Form.declared), list(SubForm.declared), Form().get_a_display(), SubForm().get_b_display(), hasattr(Form, 'a')


class Registry(dict):
    def register(self, *names, **options):
        def decorator(target):
            for name in names or (target.__name__.lower(),):
                self[name] = (target, options)
            return target

        if len(names) == 1 and callable(names[0]) and not options:
            target, names = names[0], ()
            return decorator(target)
        return decorator


registry = Registry()


@registry.register
class One: ...


@registry.register('two', 'deux', flag=True)
def two(): ...


registered = {name: (target.__name__, options) for name, (target, options) in registry.items()}


class Plugin:
    plugins = []

    def __init_subclass__(cls, /, abstract=False, **kwargs):
        super().__init_subclass__(**kwargs)
        if not abstract:
            Plugin.plugins.append(cls)


class AbstractPlugin(Plugin, abstract=True): ...


class Concrete(AbstractPlugin):
    order = 2


class Other(AbstractPlugin):
    order = 1


plugins = [p.__name__ for p in sorted(Plugin.plugins, key=operator.attrgetter('order'))], [c.__name__ for c in AbstractPlugin.__subclasses__()]


class cached_property:
    name = None

    @staticmethod
    def func(instance):
        raise TypeError('Cannot use without __set_name__')

    def __init__(self, func):
        self.real_func = func
        self.__doc__ = getattr(func, '__doc__')

    def __set_name__(self, owner, name):
        if self.name is None:
            self.name = name
            self.func = self.real_func

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        res = instance.__dict__[self.name] = self.func(instance)
        return res


class Resolver:
    calls = 0

    def __init__(self, patterns, namespace=None):
        self.patterns, self.namespace = patterns, namespace

    @cached_property
    def flat(self):
        Resolver.calls += 1
        return list(chain.from_iterable(p.flat if isinstance(p, Resolver) else [p] for p in self.patterns))

    def __repr__(self):
        return '<%s %s (%s)>' % (self.__class__.__name__, self.namespace, len(self.patterns))


tree = Resolver(['a', Resolver(['b', 'c'], 'inner'), 'd'])
resolved = tree.flat, tree.flat is tree.flat, Resolver.calls, tree, tree.patterns[1], copy.copy(tree).__dict__.keys()


class Signal:
    def __init__(self):
        self.receivers = []

    def connect(self, receiver, sender=None, weak=True):
        ref = weakref.ref
        if weak and hasattr(receiver, '__self__') and hasattr(receiver, '__func__'):
            ref = weakref.WeakMethod
        self.receivers.append((ref(receiver) if weak else receiver, sender, weak))

    def send(self, sender, **named):
        return [(r() if weak else r)(sender=sender, **named) for r, s, weak in self.receivers if s in (None, sender)]


def receiver(signal, **kwargs):
    def _decorator(func):
        for one in signal if isinstance(signal, (list, tuple)) else [signal]:
            one.connect(func, **kwargs)
        return func

    return _decorator


saved, deleted = Signal(), Signal()


@receiver([saved, deleted], sender='x')
def on_change(sender, **kwargs):
    return sender, sorted(kwargs)


class Handler:
    def handle(self, sender, **kwargs):
        return 'handled'


handler = Handler()
saved.connect(handler.handle)
signalled = saved.send('x', a=1), saved.send('y'), deleted.send('x', created=True)


class Dynamic:
    def __getattr__(self, name):
        if name.startswith('get_'):
            return functools.partial(self._get, name[4:])
        raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}')

    def _get(self, name, default=None):
        return name, default

    def __call__(self, *a):
        return a

    def __dir__(self):
        return ['get_x']


dynamic = Dynamic()
dynamics = dynamic.get_user(), dynamic.get_user(5), hasattr(dynamic, 'other'), getattr(dynamic, 'other', 'none'), dir(dynamic), callable(dynamic), dynamic(1)


def method_decorator(decorator, name=''):
    def _dec(obj):
        if not isinstance(obj, type):
            return _multi(decorator, obj)
        method = getattr(obj, name)
        setattr(obj, name, _multi(decorator, method))
        return obj

    return _dec


def _multi(decorator, method):
    def _wrapper(self, *args, **kwargs):
        bound = functools.wraps(method)(functools.partial(method.__get__(self, type(self))))
        return decorator(bound)(*args, **kwargs)

    functools.update_wrapper(_wrapper, method)
    return _wrapper


def shout(f):
    @functools.wraps(f)
    def inner(*args):
        return f(*args).upper()

    return inner


@method_decorator(shout, name='greet')
class Greeter:
    def greet(self, name):
        return 'hi ' + name

    @method_decorator(shout)
    def bye(self):
        return 'bye'


greeted = Greeter().greet('x'), Greeter().bye(), Greeter.greet.__name__, Greeter.bye.__wrapped__.__qualname__


class Node:
    def __init__(self, **kw):
        self.__dict__.update(kw)

    def __deepcopy__(self, memo):
        return type(self)(**{k: copy.deepcopy(v, memo) for k, v in vars(self).items()})

    def __copy__(self):
        return type(self)(copied=True)

    def __eq__(self, other):
        return vars(self) == vars(other)


node = Node(a=[1], b={'c': (2, [3])})
cloned = copy.deepcopy(node) == node, copy.deepcopy(node).a is not node.a, vars(copy.copy(node))


class WithSlots:
    __slots__ = ('a', '_b')

    def __init__(self):
        self.a = 1

    @property
    def b(self):
        return getattr(self, '_b', 'unset')

    @b.setter
    def b(self, value):
        self._b = value

    @b.deleter
    def b(self):
        del self._b


slotted = WithSlots()
before = slotted.b
slotted.b = 2
middle = slotted.b
del slotted.b
try:
    slotted.c = 1
except AttributeError as e:
    slots = before, middle, slotted.b, hasattr(slotted, '__dict__'), type(e).__name__


class Meta(type):
    @property
    def objects(cls):
        return f'objects of {cls.__name__}'

    def __getattr__(cls, name):
        if name == 'DoesNotExist':
            return type(name, (Exception,), {'__module__': cls.__module__, '__qualname__': f'{cls.__qualname__}.{name}'})
        raise AttributeError(name)

    def __setattr__(cls, name, value):
        super().__setattr__(name, value * 2 if name == 'number' else value)

    def __dir__(cls):
        return ['objects']

    def mro(cls):
        return super().mro()

    def __or__(cls, other):
        return (cls.__name__, other)


class Model(metaclass=Meta):
    class Meta:
        abstract = True
        ordering = ['x']

    number = 1


Model.number = 4
meta = Model.objects, Model.DoesNotExist.__qualname__, Model.number, dir(Model), Model | 1, {k: v for k, v in vars(Model.Meta).items() if not k.startswith('_')}, hasattr(Model(), 'objects')


@contextmanager
def override(**kw):
    old = {k: settings.get(k) for k in kw}
    settings.update(kw)
    try:
        yield settings
    finally:
        settings.update(old)


settings = {'DEBUG': False}


@override(DEBUG=True)
def decorated():
    return dict(settings)


with override(DEBUG=None) as inside:
    within = dict(inside)
overridden = decorated(), within, settings


def apply(pipeline, value):
    return functools.reduce(lambda v, f: f(v), pipeline, value)


piped = apply([str.strip, str.title, lambda s: s.split(), tuple], '  a b ')
source = types.ModuleType('made', 'Doc.')
exec('X = 1\ndef f():\n    return X\n', source.__dict__)
module = source.f(), source.__doc__, source.__name__, source.X, sorted(k for k in vars(source) if not k.startswith('__'))
bound = Greeter().greet.__self__.__class__.__name__, Greeter.greet.__get__(Greeter(), Greeter)('z'), inspect.ismethod(Greeter().greet), inspect.isfunction(Greeter.greet), types.MethodType(lambda self: type(self).__name__, 3)()
static = inspect.getattr_static(Detail, 'as_view').__class__.__name__, [n for n, _ in inspect.getmembers(Detail, inspect.isfunction)], inspect.getdoc(Detail), Detail.__init__ is View.__init__, inspect.unwrap(decorated).__name__
