import assert from 'node:assert/strict';
import { evaluate } from './evaluate';

/** The names that a text binds, as a module of the project. */
const inProject = (text: string) => evaluate(text, {}, { projectRoots: ['/'] });

describe('a half-typed statement in a function of the project', () => {
	it('costs what could not be read, and the function goes on', () => {
		const found = inProject(
			'def register(urls, nodes):\n    nodes.append(name=gettext("a"), desc\n    urls.append("a/")\nurls = []\nregister(urls, [])\nafter = 2\n',
		);
		assert.equal(found['urls'], "['a/']");
		assert.equal(found['after'], '2');
		assert.match(found['problem 1'] ?? '', /^syntax error: A bracket is never closed/i);
	});

	it('keeps the other arguments of a call', () => {
		const found = inProject(
			'def take(*urls): return len(urls), urls[0]\ndef make():\n    made = take("a", nam e, "b")\n    return made\nn = make()\n',
		);
		assert.match(found['n'] ?? '', /^\(\d, 'a'\)$/);
	});

	it('leaves the name that it would have bound unknown', () => {
		const found = inProject('def f():\n    x = nothing.\n    return 1, x\na, b = f()\n');
		assert.equal(found['a'], '1');
		assert.match(found['b'] ?? '', /unknown/);
	});

	it('still raises for those who expect it', () => {
		const found = inProject('def f():\n    x = nothing(1\n    return 1\ntry:\n    f()\nexcept NameError:\n    caught = True\n');
		assert.equal(found['caught'], 'True');
	});

	it('is the only one: a statement that was read raises as in Python', () => {
		const found = inProject('def f():\n    x = 1 +\n    raise KeyError("k")\nf()\nafter = 1\n');
		assert.equal(found['after'], '1');
		assert.ok(Object.values(found).some((text) => text.startsWith("KeyError: 'k'") || text.startsWith('KeyError: k')));
	});
});

describe('calls that a function of the project gives to another', () => {
	const text = (call: string) =>
		`class Urls:\n    def __init__(self): self.all = []\n    def patterns(self, name, *given): self.all.extend(given)\ndef path(route, view): return route\ndef register(urls):\n    ${call}\nurls = Urls()\nfound = urls.all\n`;

	it('are kept, and so is the one of which an argument raises', () => {
		const found = inProject(
			`${text('urls.patterns("users", path("a/", 1), path("b/", missing), path("c/", 3))')}register(urls)\n`,
		);
		assert.equal(found['found'], "['a/', 'b/', 'c/']");
		assert.match(found['problem 1'] ?? '', /^NameError: name 'missing' is not defined \(\/main\.py:6\)/);
	});

	it('still raise for those who expect it', () => {
		const found = inProject(
			`${text('urls.patterns("users", path("a/", missing))')}try:\n    register(urls)\nexcept NameError:\n    caught = True\n`,
		);
		assert.equal(found['found'], '[]');
		assert.equal(found['caught'], 'True');
	});
});
