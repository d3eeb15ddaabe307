import * as assert from 'node:assert/strict';
import {
	type CodeLens,
	type CompletionList,
	commands,
	type Hover,
	type Location,
	type LocationLink,
	languages,
	Uri,
	window,
	workspace,
} from 'vscode';
import { Command } from '../../../src/ids';
import { activated, eventually, lineOf, projectFile } from '../extension';

describe('navigation', () => {
	before(async function () {
		this.timeout(60_000);
		const api = await activated();
		await api.projects.allModels();
	});

	after(() => commands.executeCommand('workbench.action.closeAllEditors'));

	async function definitionAt(file: string, text: string, inside: string) {
		const document = await workspace.openTextDocument(Uri.file(file));
		const at = document.getText().indexOf(text);
		assert.ok(at >= 0, text);
		const position = document.positionAt(at + text.indexOf(inside) + 1);
		const found = await commands.executeCommand<(Location | LocationLink)[]>(
			'vscode.executeDefinitionProvider',
			document.uri,
			position,
		);
		return found.map((one) =>
			'targetUri' in one
				? { file: one.targetUri.fsPath, line: one.targetRange.start.line + 1 }
				: { file: one.uri.fsPath, line: one.range.start.line + 1 },
		);
	}

	it('leads from {% url %} to the path() line', async () => {
		const [found] = await definitionAt(projectFile('templates', '_menu.html'), "{% url 'catalog:books' %}", 'catalog');
		assert.deepEqual(found, {
			file: projectFile('catalog', 'urls.py'),
			line: await lineOf(projectFile('catalog', 'urls.py'), 'name="books"'),
		});
	});

	it('leads from reverse() and redirect() to the path() line', async () => {
		const [found] = await definitionAt(projectFile('catalog', 'models.py'), 'reverse("catalog:book"', 'catalog');
		assert.equal(found?.line, await lineOf(projectFile('catalog', 'urls.py'), 'name="book"'));
		const [other] = await definitionAt(projectFile('orders', 'views.py'), 'redirect("orders:basket")', 'orders');
		assert.equal(other?.file, projectFile('orders', 'urls.py'));
	});

	it('leads from include() and MIDDLEWARE strings to what they name', async () => {
		const [urls] = await definitionAt(projectFile('bookshop', 'urls.py'), 'include("catalog.urls")', 'catalog');
		assert.equal(urls?.file, projectFile('catalog', 'urls.py'));
		const [middleware] = await definitionAt(
			projectFile('bookshop', 'settings.py'),
			'bookshop.middleware.HouseRulesMiddleware',
			'House',
		);
		assert.deepEqual(middleware, {
			file: projectFile('bookshop', 'middleware.py'),
			line: await lineOf(projectFile('bookshop', 'middleware.py'), 'class HouseRulesMiddleware'),
		});
	});

	it('completes URL names inside the strings', async () => {
		const document = await workspace.openTextDocument(Uri.file(projectFile('catalog', 'models.py')));
		const position = document.positionAt(document.getText().indexOf('reverse("catalog:book"') + 'reverse("cat'.length);
		const { items } = await commands.executeCommand<CompletionList>(
			'vscode.executeCompletionItemProvider',
			document.uri,
			position,
			'"',
		);
		const labels = items.map((item) => item.label);
		assert.ok(labels.includes('catalog:home') && labels.includes('orders:basket'), labels.slice(0, 20).join());
	});

	it('shows the path of a name on hover', async () => {
		const document = await workspace.openTextDocument(Uri.file(projectFile('catalog', 'models.py')));
		const position = document.positionAt(document.getText().indexOf('catalog:book"') + 2);
		const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
		const text = hovers
			.flatMap((one) => one.contents)
			.map((one) => (typeof one === 'string' ? one : one.value))
			.join();
		assert.match(text, /\/books\/<slug:slug>\//);
	});

	it('says where no route has the name, in Python and in templates', async () => {
		for (const [file, before] of [
			[projectFile('orders', 'views.py'), 'redirect("'],
			[projectFile('templates', '_menu.html'), "{% url '"],
		] as const) {
			const document = await workspace.openTextDocument(Uri.file(file));
			const editor = await window.showTextDocument(document);
			const at = document.positionAt(document.getText().indexOf(before) + before.length);
			await editor.edit((edit) => edit.insert(at, 'no-'));
			await eventually('it is said', () => languages.getDiagnostics(document.uri).find((one) => one.code === 'unknown-url-name'));
			await commands.executeCommand('workbench.action.files.revert');
			await eventually(
				'and taken back',
				() => !languages.getDiagnostics(document.uri).some((one) => one.code === 'unknown-url-name'),
			);
		}
	});

	it('shows above a view the URLs that reach it, and leads back to them', async () => {
		const uri = Uri.file(projectFile('catalog', 'views.py'));
		await window.showTextDocument(await workspace.openTextDocument(uri));
		const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 200);
		const lens = lenses.find((one) => one.command?.title === '/search/ (catalog:search)');
		assert.ok(lens, lenses.map((one) => one.command?.title).join(' | '));
		await commands.executeCommand(lens.command?.command ?? '', ...(lens.command?.arguments ?? []));
		assert.equal(window.activeTextEditor?.document.uri.fsPath, projectFile('catalog', 'urls.py'));
		assert.equal(
			(window.activeTextEditor?.selection.active.line ?? -1) + 1,
			await lineOf(projectFile('catalog', 'urls.py'), 'name="search"'),
		);
	});

	it('goes to any route by a quick pick', async () => {
		let gone = false;
		const going = Promise.resolve(commands.executeCommand(Command.goToRoute, 'author')).finally(() => {
			gone = true;
		});
		await eventually('the pick is there and taken', async () => {
			await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
			return gone;
		});
		await going;
		assert.ok(
			window.activeTextEditor?.document.uri.fsPath.includes('views.py') ||
				window.activeTextEditor?.document.uri.fsPath.includes('options.py'),
		);
	});
});
