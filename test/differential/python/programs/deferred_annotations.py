# since Python 3.14
import annotationlib, dataclasses, functools, inspect, sys, typing
class A:
    x: int
    y: Later = 3
try:
    A.__annotations__
except NameError as e:
    too_early = str(e), '__annotations__' in A.__dict__, callable(A.__annotate__)
references = {k: getattr(v, '__forward_arg__', v) for k, v in annotationlib.get_annotations(A, format=annotationlib.Format.FORWARDREF).items()}
texts = annotationlib.get_annotations(A, format=annotationlib.Format.STRING)
class Later: pass
in_time = A.__annotations__, A.__annotations__ is A.__annotations__, '__annotations_cache__' in A.__dict__
class B(A):
    pass
class C(B):
    z: list['C'] = []
    if not z:
        w: Inner | None
    class Inner: pass
own = B.__annotations__, list(C.__annotations__), C.__annotations__['z'], A.__annotate__(1), B.__annotate__
C.__annotations__ = {'set': str}
written = C.__annotations__, C.__annotate__
C.__annotate__ = lambda format: {'format': format}
computed = C.__annotations__, annotationlib.get_annotations(C, format=annotationlib.Format.STRING)
def f(a: int, /, b: Nowhere = 1, *args: str, c: 'text' = 2, **kwargs: list[A]) -> Nowhere: pass
signature = [(p.name, getattr(p.annotation, '__forward_arg__', p.annotation)) for p in inspect.signature(f, annotation_format=annotationlib.Format.FORWARDREF).parameters.values()]
try:
    inspect.signature(f)
except NameError as e:
    refused = str(e)
strings = annotationlib.get_annotations(f, format=annotationlib.Format.STRING)
@functools.wraps(f)
def wrapper(*args): pass
wrapped = wrapper.__annotate__ is f.__annotate__, annotationlib.get_annotations(wrapper, format=annotationlib.Format.STRING), functools.WRAPPER_ASSIGNMENTS
f.__annotations__ = {'a': 1}
replaced = f.__annotations__, f.__annotate__, (lambda: 1).__annotate__, (lambda: 1).__annotations__
class Meta(type):
    def __new__(meta, name, bases, namespace):
        annotate = annotationlib.get_annotate_from_class_namespace(namespace)
        made = super().__new__(meta, name, bases, namespace)
        made.seen = annotate and annotate(1)
        return made
class WithMeta(metaclass=Meta):
    a: int
    b: str = ''
class WithoutAny(metaclass=Meta):
    c = 1
seen = WithMeta.seen, WithMeta.__annotations__, WithoutAny.seen, WithoutAny.__annotations__
@dataclasses.dataclass
class Node:
    value: int
    next: Node | None = None
    tags: list[str] = dataclasses.field(default_factory=list)
    shared: typing.ClassVar[int] = 3
nodes = Node(1, Node(2)), [f.name for f in dataclasses.fields(Node)], typing.get_type_hints(Node)['next'] == Node | None
class Movie(typing.NamedTuple):
    title: str
    sequel: Movie | None = None
class Options(typing.TypedDict, total=False):
    debug: bool
    parent: Options
movies = Movie('M'), Movie._fields, Options(debug=True), list(Options.__annotations__), sorted(Options.__optional_keys__)
@functools.singledispatch
def _shown(value): return 'any'
@_shown.register
def _(value: int): return 'int'
dispatched = _shown(1), _shown('')
module_level: int = 5
in_module = __annotate__(1), '__annotations__' in globals()
exec('from __future__ import annotations\nclass Old:\n    a: Nowhere\n    b: list[x]\n', _old := {})
future = _old['Old'].__annotations__, '__annotations__' in _old['Old'].__dict__
attributes = hasattr(int, '__annotations__'), hasattr(int, '__annotate__'), sys.flags.context_aware_warnings, type.__dict__['__annotations__'].__get__(A)
T = typing.TypeVar('T')
unions = typing.Union[int, str], typing.Optional[int], typing.Union[int], typing.Union[int, int, None], typing.Union[typing.Union[int, str], float], typing.Optional['X'], typing.Union['X', int]
union_parts = typing.get_origin(int | None) is typing.Union, typing.get_args(typing.Optional[int]), isinstance(int | str, typing.Union), typing.Union[int, str] == int | str, type(int | str) is typing.Union, (int | str).__origin__ is typing.Union
generic = (list[T] | None)[int], (list[T] | None).__parameters__, typing.Optional[T][int], isinstance(3, typing.Union[int, str])
