import assert from 'node:assert/strict';
import { evaluate } from './evaluate';

describe('classes that wait', () => {
	it('have read the names of their package before a submodule takes one', () => {
		const files = {
			'fields.py': 'class Text: pass\n',
			'shop/__init__.py': 'import fields as models\nclass Own(models.Text): pass\n',
			'shop/models.py': 'from shop import Own\nclass Article: title = Own()\n',
		};
		assert.deepEqual(
			evaluate('from shop.models import Article\nr = [b.__name__ for b in type(Article.title).__mro__]\ndel Article', files),
			{
				r: "['Own', 'Text', 'object']",
			},
		);
	});

	it('mean by their own name what had it before', () => {
		const files = {
			'engines.py': 'class Engine:\n    folder = 1\n',
			'm.py': 'from engines import Engine\nclass Engine:\n    backend = Engine\n',
		};
		assert.deepEqual(evaluate('from m import Engine\nr = Engine.backend.folder\ndel Engine', files), { r: '1' });
	});

	it('see in their module what stands before them, whoever looks at all of it', () => {
		// As attrs does to resolve annotations.
		const attr = [
			'import sys',
			'def s(cls=None, **options):',
			'    def wrap(cls):',
			'        names = {}',
			'        names.update(sys.modules[cls.__module__].__dict__)',
			"        cls.seen = [n for n in names if n in ('A', 'B', 'C')]",
			'        return cls',
			'    return wrap if cls is None else wrap(cls)',
		].join('\n');
		const module = 'import attr\n@attr.s()\nclass A: pass\n@attr.s()\nclass B:\n    a = [A]\n@attr.s()\nclass C: pass\n';
		assert.deepEqual(
			evaluate('import m\nr = [m.B.seen, m.C.seen, m.A.seen]\ndel m', { 'attr/__init__.py': attr, 'm.py': module }),
			{ r: "[['A'], ['A', 'B'], []]" },
		);
	});

	/** A class that is registered may not wait, however the registry is reached. */
	const registering: Readonly<Record<string, string>> = {
		'by a function that is given it':
			'def put(table, cls): table[cls.__name__] = cls\ndef register(cls):\n    put(registry, cls)\n    return cls\n',
		'through two functions':
			'def put(table, cls): table[cls.__name__] = cls\ndef pass_on(table, cls): put(table, cls)\ndef register(cls):\n    pass_on(table=registry, cls=cls)\n    return cls\n',
		'by a variable that stands for it':
			'def register(cls):\n    table = registry\n    table.setdefault(cls.__name__, cls)\n    table[cls.__name__] = cls\n    return cls\n',
		'where it hangs on a class': 'Base.table = registry\ndef register(cls):\n    cls.table[cls.__name__] = cls\n    return cls\n',
		'by adding to a list':
			'class All: names = []\ndef register(cls):\n    names = All.names\n    names += [cls.__name__]\n    return cls\n',
		'as an attribute': 'class Last: pass\ndef register(cls):\n    setattr(Last, "cls", cls)\n    return cls\n',
	};
	for (const [how, text] of Object.entries(registering))
		it(`are made in their place where a decorator registers them ${how}`, () => {
			const files = {
				'registry.py': `registry = {}\nclass Base: pass\n${text}`,
				'views.py': 'from registry import register, Base\n@register\nclass View(Base): pass\n',
			};
			const seen =
				'sorted(registry.registry) or getattr(registry, "All", registry.registry).__dict__.get("names") or registry.Last.cls.__name__';
			const made = evaluate(`import views, registry\nr = ${seen}\ndel views, registry`, files)['r'];
			assert.ok(made === "['View']" || made === "'View'", made);
		});
});
