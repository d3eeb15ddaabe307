import * as assert from 'node:assert/strict';
import { commands, env, TreeItemCollapsibleState, Uri, window, workspace } from 'vscode';
import type { CycleNode } from '../../../src/editor/cycle/node';
import type { Api } from '../../../src/extension';
import { Command } from '../../../src/ids';
import { activated, eventually, lineOf, projectFile } from '../extension';

describe('the Cycle view', () => {
	let api: Api;
	const all = (nodes: readonly CycleNode[] = api.cycle.rows): CycleNode[] =>
		nodes.flatMap((node) => [node, ...all(node.children)]);
	const route = (name: string) => all().find((node) => node.route?.fullName === name);
	const labels = async (id?: string) => (await api.cycle.getChildren(id)).map((one) => api.cycle.getTreeItem(one).label);

	before(async function () {
		this.timeout(60_000);
		api = await activated();
		await api.cycle.getChildren();
		await api.projects.allModels();
		await eventually('the URLs are there', () => route('catalog:home')?.route?.view, 50);
	});

	after(async () => {
		await commands.executeCommand(Command.clearRouteFilter);
		await commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('shows settings, middleware, URLs and handlers, in this order', async () => {
		const found = await labels();
		assert.deepEqual(found.slice(0, 4), ['bookshop.settings', 'Middleware', 'URLs', 'Error handlers']);
	});

	it('shows the middleware in the settings’ order, with hooks', () => {
		const [, middleware] = api.cycle.rows;
		assert.deepEqual(
			middleware?.children.slice(0, 3).map((node) => node.label),
			['timing', 'SecurityMiddleware', 'SessionMiddleware'],
		);
		const rules = middleware?.children.find((node) => node.label === 'HouseRulesMiddleware');
		assert.deepEqual(
			rules?.children.map((node) => node.label),
			['__call__', 'process_view'],
		);
		assert.equal(rules?.place?.file, projectFile('bookshop', 'middleware.py'));
		assert.equal(rules?.site?.file, projectFile('bookshop', 'settings.py'));
	});

	it('keeps includes and match order', () => {
		const urls = api.cycle.rows.find((node) => node.label === 'URLs');
		assert.deepEqual(
			urls?.children.slice(0, 4).map((node) => node.label),
			['admin/', 'accounts/', 'basket/', 'api/v1/'],
		);
		const catalog = urls?.children.find((node) => node.description?.includes('catalog.urls'));
		assert.deepEqual(
			catalog?.children.slice(0, 3).map((node) => node.description),
			['catalog:home · home', 'catalog:search · search', 'catalog:books · BookList'],
		);
	});

	it('opens a route’s view by a click, and its path() line by the inline action', async () => {
		const home = route('catalog:home');
		assert.ok(home);
		const { command } = api.cycle.getTreeItem(home.id);
		await commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
		assert.equal(window.activeTextEditor?.document.uri.fsPath, projectFile('catalog', 'views.py'));
		assert.match(
			window.activeTextEditor?.document.lineAt(window.activeTextEditor.selection.active).text ?? '',
			/def home|require_safe/,
		);
		await commands.executeCommand(Command.openPattern, home.id);
		const line = await lineOf(projectFile('catalog', 'urls.py'), 'views.home');
		assert.equal(window.activeTextEditor?.document.uri.fsPath, projectFile('catalog', 'urls.py'));
		assert.equal(window.activeTextEditor?.selection.active.line, line - 1);
	});

	it('filters by pattern, name and view, includes and order kept, and says so', async () => {
		await commands.executeCommand(Command.filterRoutes, 'book review');
		const routes = all().filter((node) => node.route);
		assert.deepEqual(
			routes.map((node) => node.route?.fullName),
			['catalog:review'],
		);
		assert.ok(all().some((node) => node.description?.includes('catalog.urls')));
		assert.equal(api.cycle.view.description, 'filter: book review');
		await commands.executeCommand(Command.clearRouteFilter);
		assert.ok(route('catalog:home'));
	});

	it('copies path and name', async () => {
		await commands.executeCommand(Command.copyPath, route('catalog:books')?.id);
		assert.equal(await env.clipboard.readText(), '/books/');
		await commands.executeCommand(Command.copyName, route('catalog:books')?.id);
		assert.equal(await env.clipboard.readText(), 'catalog:books');
	});

	it('follows an edit as it is typed, without saving, and doesn’t collapse', async () => {
		const uri = Uri.file(projectFile('catalog', 'urls.py'));
		const editor = await window.showTextDocument(await workspace.openTextDocument(uri));
		const before = route('catalog:search');
		const at = editor.document.positionAt(editor.document.getText().indexOf('    path("search/"'));
		await editor.edit((edit) => edit.insert(at, '    path("typed/<int:n>/", views.home, name="typed"),\n'));
		const typed = await eventually('the new route is there', () => route('catalog:typed'));
		assert.equal(typed.route?.fullPath, '/typed/<int:n>/');
		assert.ok(editor.document.isDirty);
		const moved = route('catalog:search');
		assert.equal(moved?.id, before?.id, 'the row is the same one');
		assert.equal(moved?.site?.line, (before?.site?.line ?? 0) + 1);
		await commands.executeCommand('workbench.action.files.revert');
		await eventually('and gone again', () => !route('catalog:typed'));
	});

	it('stays there while the code is half typed', async () => {
		const uri = Uri.file(projectFile('catalog', 'urls.py'));
		const editor = await window.showTextDocument(await workspace.openTextDocument(uri));
		const at = editor.document.positionAt(editor.document.getText().indexOf('    path("search/"'));
		await editor.edit((edit) => edit.insert(at, '    path("half'));
		await new Promise((done) => setTimeout(done, 800));
		assert.ok(api.cycle.rows.find((node) => node.label === 'URLs'));
		assert.ok(route('orders:basket'), 'the rest is still known');
		await commands.executeCommand('workbench.action.files.revert');
		await eventually('it is whole again', () => route('catalog:search'));
	});

	it('answers a dry run, with links to the lines', async () => {
		await commands.executeCommand(Command.dryRun, 'POST /fr/aide/');
		const text = window.activeTextEditor?.document.getText() ?? '';
		assert.match(text, /^POST \/fr\/aide\//);
		await commands.executeCommand(Command.dryRun, 'GET /books/roots/review/');
		const answer = window.activeTextEditor?.document;
		assert.match(answer?.getText() ?? '', /reaches {3}catalog\.views\.ReviewCreate/);
		const links = await commands.executeCommand<{ target?: Uri }[]>('vscode.executeLinkProvider', answer?.uri);
		assert.ok(links.some((link) => link.target?.path.endsWith('catalog/urls.py')));
	});

	it('opens what is large only when asked', () => {
		const admin = all().find((node) => node.label === 'admin/');
		assert.ok(admin);
		assert.equal(api.cycle.getTreeItem(admin.id).collapsibleState, TreeItemCollapsibleState.Collapsed);
	});
});
