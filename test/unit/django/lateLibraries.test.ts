import assert from 'node:assert/strict';
import { summaries } from '../../../src/django/summaries';
import { evaluate } from '../python/runtime/evaluate';

const run = (text: string, files: Readonly<Record<string, string>>) =>
	evaluate(text, { ...files, 'log.py': 'seen = []\n' }, { summaries: summaries(() => false) })['r'];

describe('what a library works out for requests alone', () => {
	const filters = [
		'import log',
		'class FilterSetMetaclass(type):',
		'    def __new__(cls, name, bases, attrs):',
		'        attrs["declared_filters"] = {}',
		'        new_class = super().__new__(cls, name, bases, attrs)',
		'        new_class._meta = getattr(new_class, "Meta", None)',
		'        new_class.base_filters = new_class.get_filters()',
		'        return new_class',
		'class FilterSet(metaclass=FilterSetMetaclass):',
		'    @classmethod',
		'    def get_filters(cls):',
		'        log.seen.append(cls.__name__)',
		'        if cls.__name__ == "Broken": raise TypeError("no such field")',
		'        return [cls.__name__]',
	].join('\n');
	const files = { 'django_filters/__init__.py': '', 'django_filters/filterset.py': filters };
	const base = 'import log\nfrom django_filters.filterset import FilterSet\nclass A(FilterSet): pass\nclass B(A): pass\n';

	it("leaves a filter set's filters until somebody asks for them, the class's own first", () => {
		assert.equal(run(`${base}r = [A.declared_filters, log.seen]`, files), '[{}, []]');
		assert.equal(
			run(`${base}r = [B.base_filters, log.seen, "base_filters" in vars(A), A().base_filters, log.seen]`, files),
			"[['B'], ['B', 'A'], True, ['A'], ['B', 'A']]",
		);
	});

	it('lets them be given by others meanwhile', () => {
		assert.equal(run(`${base}A.base_filters = 1\nr = [A.base_filters, B.base_filters, log.seen]`, files), "[1, ['B'], ['B']]");
	});

	it('says what cannot be worked out where it is asked for', () => {
		const broken = `${base}class Broken(A): pass\ntry:\n    r = Broken.base_filters\nexcept TypeError as error:\n    r = str(error)`;
		assert.equal(run(broken, files), "'no such field'");
	});

	it("reads a collator's table when a string is looked up in it", () => {
		const collator = [
			'import log',
			'class BaseCollator:',
			'    def __init__(self): self.table = []; self.load("table")',
			'    def load(self, filename): log.seen.append(filename); self.table.append(filename)',
			'    def collation_elements(self, text): return self.table + [text]',
			'class Collator(BaseCollator): pass',
		].join('\n');
		const text =
			'import log\nfrom pyuca.collator import Collator\nc = Collator()\nbefore = len(log.seen)\nr = [before, c.collation_elements("a"), c.collation_elements("b"), log.seen]\ndel c';
		assert.equal(
			run(text, { 'pyuca/__init__.py': '', 'pyuca/collator.py': collator }),
			"[0, ['table', 'a'], ['table', 'b'], ['table']]",
		);
	});
});
