import assert from 'node:assert/strict';
import { summaries } from '../../../src/django/summaries';
import { evaluate } from '../python/runtime/evaluate';

/** The parts of pydantic that are summarised, as far as they are read. */
const files = {
	'pydantic/__init__.py': '',
	'pydantic/_internal/__init__.py': '',
	'pydantic/_internal/_model_construction.py': `
class ModelMetaclass(type):
    def __new__(mcs, cls_name, bases, namespace, **kwargs): raise RuntimeError('compiled')
    def __getattr__(self, item): raise RuntimeError('compiled')
`,
	'pydantic/fields.py': `
class FieldInfo:
    def __init__(self, **given):
        self.default = given.get('default', ...)
        self.annotation = given.get('annotation')
        self.alias = given.get('alias')
`,
	'pydantic/main.py': `
from pydantic._internal._model_construction import ModelMetaclass
class BaseModel(metaclass=ModelMetaclass):
    @classmethod
    def model_rebuild(cls, **keywords): raise RuntimeError('compiled')
    @classmethod
    def model_fields(cls): return cls.__pydantic_fields__
def create_model(name, /, **fields): raise RuntimeError('compiled')
`,
	// As far as it is asked: annotations that are texts stay texts.
	'inspect.py': 'def get_annotations(cls, *, eval_str=False): return dict(cls.__dict__.get("__annotations__", {}))\n',
	'copy.py': 'def copy(value):\n    made = type(value)()\n    made.__dict__.update(value.__dict__)\n    return made\n',
	'typing.py': 'class ClassVar: pass\ndef get_origin(hint): return None\n',
};

const run = (text: string) => evaluate(text, files, { summaries: summaries(() => false) })['r'];
const base = `
from typing import ClassVar
from pydantic.main import BaseModel, create_model
from pydantic.fields import FieldInfo
class A(BaseModel):
    x: int
    y: str = 'why'
    z: list = FieldInfo(alias='zed')
    _hidden: int = 1
    kept: ClassVar = 2
    model_config = {}
class B(A):
    x: float = 1.5
    w: 'Later' = None
`;
const shown =
	'{name: (getattr(field.annotation, "__name__", field.annotation), field.default, field.alias) for name, field in fields.items()}';

describe("pydantic's models", () => {
	it('know their fields, from bases and from themselves', () => {
		assert.equal(
			run(`${base}fields = A.__pydantic_fields__\nr = ${shown}`),
			"{'x': ('int', Ellipsis, None), 'y': ('str', 'why', None), 'z': ('list', Ellipsis, 'zed')}",
		);
		assert.equal(
			run(`${base}fields = B.model_fields()\nr = ${shown}`),
			"{'x': ('float', 1.5, None), 'y': ('str', 'why', None), 'z': ('list', Ellipsis, 'zed'), 'w': ('Later', None, None)}",
		);
		assert.equal(run(`${base}r = A.__pydantic_fields__ is A.__pydantic_fields__, A.model_rebuild()`), '(True, None)');
	});

	it('know those that create_model() is given', () => {
		assert.equal(
			run(
				`${base}fields = create_model('C', __base__=A, w=(int, 3), v=(str, ...)).__pydantic_fields__\nr = list(fields), fields['w'].default`,
			),
			"(['x', 'y', 'z', 'w', 'v'], 3)",
		);
	});

	it("have their base's parameters, and a parametrised one those it is given", () => {
		const made = "type(A)('G', (A,), {}, __pydantic_generic_metadata__={'origin': A, 'args': (int,), 'parameters': ('T',)})";
		assert.equal(
			run(`${base}class H(${made}): pass\nr = [one.__pydantic_generic_metadata__['parameters'] for one in (A, H)]`),
			"[(), ('T',)]",
		);
	});
});
