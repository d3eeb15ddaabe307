import assert from 'node:assert/strict';
import { evaluate } from './evaluate';

const library = {
	'shop.py': [
		'seen = []',
		'def made(name):',
		'    return name',
		'class Base:',
		'    """Of the base."""',
		'    kind = made("Base")',
		'    def run(self): return self.step()',
		'class Child(Base):',
		'    own, (other, *rest) = 1, (2, 3)',
		'    label = made("Child")',
		'    __hidden = 5',
		'    note: int = 4',
		'    def step(self): return self.__hidden',
		'class Hook:',
		'    def __init_subclass__(cls): seen.append(cls.__name__)',
		'class Hooked(Hook):',
		'    label = made("Hooked")',
		'class Slots:',
		'    __slots__ = ("a",)',
	].join('\n'),
};
const run = (text: string) => evaluate(text, library);

describe('classes that are known by their outline', () => {
	it('have their name, bases and order', () => {
		const { r } = run(
			'import shop\nfrom shop import Child, Base\nr = [Child.__name__, Child.__module__, Child.__mro__[1].__name__, issubclass(Child, Base), Child.__bases__ == (Base,), Base.__subclasses__() == [Child]]\ndel shop, Child, Base',
		);
		assert.equal(r, "['Child', 'shop', 'Base', True, True, True]");
	});

	it('are what they are in Python once somebody looks', () => {
		const { r } = run(
			'from shop import Child, Base\nr = [hasattr(Child, "nothing"), Child().run(), Child.own, Child.other, Child.rest, Child.__doc__, Base.__doc__, Child.__annotations__["note"].__name__, Child.kind, "label" in vars(Child), "kind" in vars(Child)]\ndel Child, Base',
		);
		assert.equal(r, "[False, 5, 1, 2, [3], None, 'Of the base.', 'int', 'Base', True, False]");
	});

	it('take what is set on them', () => {
		const { r } = run(
			'from shop import Child\nChild.own = 7\nChild.new = 8\nr = [Child.own, Child.new, Child().own, Child.label]\ndel Child',
		);
		assert.equal(r, "[7, 8, 7, 'Child']");
	});

	it('are so in an import that somebody expects to fail', () => {
		const { r, ...rest } = run(
			'try:\n    from shop import Child\nexcept ImportError:\n    Child = None\nr = [Child.__name__, Child().run(), Child.kind, Child.label]\ndel Child',
		);
		assert.deepEqual([r, rest], ["['Child', 5, 'Base', 'Child']", {}]);
	});

	it('are none where somebody is told of them, or where they have slots', () => {
		const { r } = run('import shop\nr = [shop.seen, [hasattr(shop.Slots(), "b")]]\ndel shop');
		assert.equal(r, "[['Hooked'], [False]]");
	});
});
