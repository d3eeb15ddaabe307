# since Python 3.12
from dataclasses import dataclass
from typing import Protocol, Generic, get_origin
class A[T]:
    def f(self, x: T) -> T: return x
class B[T: int](A[T]): pass
class C(B[int]): pass
class V[*Ts, **P]: pass
def make[U](x: U) -> list[U]:
    class Inner[W](A[W]): pass
    return [x, Inner, Inner[int]]
@dataclass
class D[T]:
    x: T
a = [A[int], B[str], [c.__name__ for c in C.__mro__], A.__type_params__, C.__orig_bases__, D[int](3), V[int, str, [int]]]
m = make(1)[2].__origin__.__qualname__
mm = make.__annotations__
class Pr[T](Protocol):
    def g(self) -> T: ...
r = issubclass(Pr, Generic)
type Alias = list[Later]
type Pair[T] = tuple[T, T]
class Later: pass
al = [Alias, Alias.__value__, Pair[int], Pair.__value__, Pair.__type_params__]
def outer():
    x = 1
    class G[T]:
        y = x
        def h[U](self, a: U, b=x) -> T: return (a, b, __class__.__name__)
    return G, G[int]().h(2), G.__name__, G.__qualname__, G.h.__qualname__
o = outer()[1:]
class W[Model]:
    z = [Model for _ in range(1)]
    def me(self): return W.__name__, Model
w = W[int]().me()
class S[T](A[T]):
    def f(self, x): return super().f(x)
s = S().f(4)
def deco(c): c.mark = 1; return c
@deco
class Dd[T]: pass
dm = Dd.mark
def gen[T](n: int):
    yield from range(n)
ge = list(gen(3))
async def co[T](n: T) -> T: return n
