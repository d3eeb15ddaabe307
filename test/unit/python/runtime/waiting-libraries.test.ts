import assert from 'node:assert/strict';
import { evaluate } from './evaluate';

const celery = [
	'import log',
	'log.seen.append("celery")',
	'class Celery:',
	'    def __init__(self, name):',
	'        self.name, self.tasks = name, []',
	'        log.seen.append(name)',
	'    def task(self, function):',
	'        self.tasks.append(function.__name__)',
	'        return function',
	'    def configure(self, value):',
	'        log.seen.append(value)',
].join('\n');
const files = {
	'log.py': 'seen = []\n',
	'site-packages/celery.py': celery,
	'shop/__init__.py': 'from shop.app import app\n',
	'shop/app.py': [
		'from celery import Celery',
		'name = "shop"',
		'app = Celery(name)',
		'app.configure("first")',
		'@app.task',
		'def pay(): return "paid"',
		'app.extra = 3',
	].join('\n'),
	'shop/changed.py': 'from celery import Celery\nname = "one"\napp = Celery(name)\nname = "two"\n',
	'shop/listed.py': 'from celery import Celery\nnames = []\napp = Celery(names)\nnames.append(1)\n',
};
const run = (text: string) => evaluate(text, files, { sysPath: ['/lib', '/lib/site-packages'] });

describe('what is done with a library that nobody needs yet', () => {
	it('waits', () => {
		const { r, ...rest } = run('import shop, log\nr = log.seen\ndel shop, log');
		assert.equal(r, '[]');
		assert.deepEqual(rest, {});
	});

	it('runs in its order, once, when a name of it is asked for', () => {
		const { r } = run(
			'import shop, log\nfrom shop.app import app, pay\nr = [pay(), app.tasks, app.extra, shop.app is app, app.name, log.seen]\ndel shop, log, app, pay',
		);
		assert.equal(r, "['paid', ['pay'], 3, True, 'shop', ['celery', 'shop', 'first']]");
	});

	it('runs before anybody else uses the library', () => {
		const { r } = run('import shop, log\nimport celery\ncelery.Celery("other")\nr = log.seen\ndel shop, log, celery');
		assert.equal(r, "['celery', 'shop', 'first', 'other']");
	});

	it('runs in its place where what it names changes later', () => {
		const { r } = run('import shop.changed, shop.listed, log\nr = log.seen\ndel shop, log');
		assert.equal(r, "['celery', 'shop', 'first', 'one', [1]]");
	});
});
