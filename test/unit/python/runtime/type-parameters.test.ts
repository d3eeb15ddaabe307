import assert from 'node:assert/strict';
import { evaluate } from './evaluate';

// What of `typing` the interpreter itself asks for.
const typing = `
class TypeVar:
    def __init__(self, name, infer_variance=False): self.__name__ = name
    def __repr__(self): return self.__name__
class Generic:
    def __class_getitem__(cls, parameters): return _GenericAlias(cls, parameters)
class _GenericAlias:
    def __init__(self, origin, parameters): self.origin, self.parameters = origin, parameters
    def __mro_entries__(self, bases): return (self.origin,)
    def __repr__(self): return f'{self.origin.__name__}[{self.parameters}]'
`;
const run = (text: string) => evaluate(text, { 'typing.py': typing });

describe('type parameters (PEP 695)', () => {
	it('make a class generic: it can be subscripted, as a base too', () => {
		const text =
			'class A[T]:\n    def f(self): return 1\nclass B(A[int]): pass\nr = [B().f(), A[str], A.__type_params__]\nn = A.__qualname__\ndel A, B';
		assert.deepEqual(run(text), { r: "[1, A[<class 'str'>], (T,)]", n: "'A'" });
	});
	it('are of the class alone, and hide what has their name outside', () => {
		const text =
			'Model = 1\nclass A[Model]:\n    kept = Model\n    def f(self): return Model, A.__name__\nr = [Model, A.kept, A().f()]\ntry: T\nexcept NameError: n = 1\ndel A';
		assert.deepEqual(run(text), { Model: '1', r: "[1, Model, (Model, 'A')]", n: '1' });
	});
	it('of functions are seen by their annotations; defaults see the class around', () => {
		const text =
			'class A:\n    d = 5\n    def f[T](self, x: T, y=d) -> T: return x + y\nr = [A().f(1), A.f.__annotations__, A.f.__qualname__]\ndel A';
		assert.deepEqual(run(text), { r: "[6, {'x': T, 'return': T}, 'A.f']" });
	});
	it('a type alias waits for its value', () => {
		const text = 'type P[T] = list[T, Later]\nclass Later: pass\nr = str(P.__value__)\ndel P, Later';
		assert.match(run(text)['r'] ?? '', /^'list\[T, .*Later\]'$/);
	});
});
