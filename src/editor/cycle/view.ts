import {
	type Disposable,
	type Event,
	EventEmitter,
	type LogOutputChannel,
	MarkdownString,
	ThemeColor,
	ThemeIcon,
	type TreeDataProvider,
	TreeItem,
	TreeItemCollapsibleState,
	type TreeView,
	window,
} from 'vscode';
import { Command, ContextKey, RowWord, View } from '../../ids';
import type { ProjectModel } from '../../shared/model';
import type { ProjectSummary } from '../../shared/protocol/server';
import type { Captures } from '../captures/captures';
import { routeHits } from '../captures/hits';
import { LeftOut } from '../captures/leftOut';
import { setContext } from '../contextKeys';
import { DisposableStore } from '../disposables';
import { plural } from '../format';
import { Paced, treePace } from '../paced';
import type { Projects } from '../projects/projects';
import { changedRows } from './difference';
import { parseFilter, routesOf } from './filter';
import type { CycleNode } from './node';
import { projectNode, projectNodes } from './nodes';
import { Opening } from './opening';

/** The Cycle view. Its elements are the rows' ids, which stay the same when a model is replaced by the next. */
export class CycleView implements TreeDataProvider<string>, Disposable {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<string[] | undefined>());
	readonly onDidChangeTreeData: Event<string[] | undefined> = this.changed.event;
	readonly view: TreeView<string>;
	private nodes: readonly CycleNode[] = [];
	private readonly byId = new Map<string, CycleNode>();
	private readonly parents = new Map<string, string>();
	private filterText = '';
	private readonly refreshes = this.store.add(new Paced(() => this.follow(), treePace));
	private asked = false;
	private progressDone: (() => void) | undefined;
	private readonly opening: Opening;
	private readonly leftOut: LeftOut;

	constructor(
		private readonly projects: Projects,
		private readonly captures: Captures,
		log: LogOutputChannel,
	) {
		this.opening = new Opening(log);
		this.leftOut = new LeftOut(captures);
		this.view = this.store.add(window.createTreeView(View.cycle, { treeDataProvider: this, showCollapseAll: true }));
		this.store.add(projects.onDidChange(() => this.schedule()));
		this.store.add(captures.onDidChange(() => this.schedule()));
		this.store.add(projects.client.onStatus(({ busy }) => this.showProgress(busy)));
	}

	/** Rows at the top, for tests: the whole tree as data. */
	get rows(): readonly CycleNode[] {
		return this.nodes;
	}

	node(id: string | undefined): CycleNode | undefined {
		return id === undefined ? undefined : this.byId.get(id);
	}

	get filter(): string {
		return this.filterText;
	}

	set filter(text: string) {
		if (text === this.filterText) return;
		this.filterText = text;
		setContext(ContextKey.routeFilter, text.trim() !== '');
		this.update();
	}

	/** Shows the row of a route in the tree. */
	async reveal(match: (node: CycleNode) => boolean): Promise<boolean> {
		await this.load();
		const found = [...this.byId.values()].find(match);
		if (!found) return false;
		await this.view.reveal(found.id, { select: true, focus: true });
		return true;
	}

	async getChildren(id?: string): Promise<string[]> {
		if (id === undefined) await this.load();
		const children = id === undefined ? this.nodes : (this.byId.get(id)?.children ?? []);
		return children.map((node) => node.id);
	}

	getParent(id: string): string | undefined {
		return this.parents.get(id);
	}

	getTreeItem(id: string): TreeItem {
		const node = this.byId.get(id);
		if (!node) return new TreeItem('');
		const item = new TreeItem(node.label, collapsible(node));
		// Expansion is remembered by id; a filter opens its results without touching what was remembered.
		item.id = this.filterText.trim() ? `${node.id}?filtered` : node.id;
		if (node.description) item.description = node.description;
		if (node.tooltip) item.tooltip = new MarkdownString(node.tooltip, true);
		if (node.icon) item.iconPath = new ThemeIcon(node.icon, node.color ? new ThemeColor(node.color) : undefined);
		item.contextValue = contextValue(node);
		if (node.choose) {
			item.command = { command: Command.selectSettingsModule, title: 'Use This Settings Module', arguments: [node.id] };
		} else if (node.act) {
			item.command = { command: node.act, title: node.label, arguments: [node.id] };
		} else if (node.place) {
			item.command = { command: Command.openPlace, title: 'Open', arguments: [node.place] };
		}
		item.accessibilityInformation = { label: [node.label, node.description].filter(Boolean).join(', ') };
		return item;
	}

	dispose(): void {
		this.progressDone?.();
		this.store.dispose();
	}

	/** The view's own progress bar while the project is read. */
	private showProgress(busy: boolean): void {
		this.progressDone?.();
		this.progressDone = undefined;
		if (!busy) return;
		const location = { viewId: View.cycle };
		void window.withProgress({ location }, () => new Promise<void>((done) => (this.progressDone = done)));
	}

	private async load(): Promise<void> {
		if (this.asked) return;
		this.asked = true;
		this.opening.asked();
		try {
			await this.projects.all();
			this.update();
			// Rows appear project by project; the first ones don't wait for the last.
			await Promise.race([this.projects.firstModels().then(() => this.update()), delay(900)]);
		} catch (error) {
			this.asked = false;
			throw error;
		}
	}

	private schedule(): void {
		if (this.asked) this.refreshes.ask();
	}

	private follow(): void {
		this.update();
		void this.leftOut.look().then((changed) => changed && this.update());
	}

	private update(): void {
		const before = this.nodes;
		const filter = parseFilter(this.filterText);
		const hits = routeHits(this.captures.summaries, this.projects.knownModels, this.leftOut.why);
		const groups = this.projects.list.map((project) => {
			const model = this.projects.modelOf(project.root);
			return { project, nodes: projectNodes({ project, model, filter, hits }) };
		});
		const [only] = groups;
		this.nodes = groups.length === 1 && only ? only.nodes : groups.map(({ project, nodes }) => projectNode(project, nodes));
		this.byId.clear();
		this.parents.clear();
		this.index(this.nodes, undefined);
		this.view.description = viewDescription(
			this.projects.list.map(({ root }) => this.projects.modelOf(root)),
			this.filterText.trim(),
		);
		this.opening.shown(this.projects.list.map(({ root }) => this.projects.modelOf(root)));
		this.view.message = setupMessage(this.projects.list) ?? '';
		const rows = changedRows(before, this.nodes);
		if (rows.includes(undefined)) this.changed.fire(undefined);
		else if (rows.length > 0) this.changed.fire(rows.filter((row) => row !== undefined));
	}

	private index(nodes: readonly CycleNode[], parent: string | undefined): void {
		for (const node of nodes) {
			this.byId.set(node.id, node);
			if (parent !== undefined) this.parents.set(node.id, parent);
			this.index(node.children, node.id);
		}
	}
}

/** How much is shown, and whether it is still being read. */
function viewDescription(models: readonly (ProjectModel | undefined)[], filter: string): string {
	const stands = models.filter((model) => model?.provisional !== 'outline' && !model?.textOnly);
	const routes = stands.flatMap((model) => routesOf(model?.urls ?? [])).length;
	const words = [
		filter === '' ? (routes > 0 ? plural(routes, 'route') : '') : `filter: ${filter}`,
		models.some((model) => model?.provisional === 'outline')
			? 'reading…'
			: models.some((model) => model?.provisional === 'earlier')
				? 'refreshing…'
				: '',
	];
	return words.filter(Boolean).join(', ');
}

/** What keeps a project from being read at all, in full: a row has room for its beginning only. */
function setupMessage(projects: readonly ProjectSummary[]): string | undefined {
	const texts = projects.flatMap(({ name, problem }) =>
		problem ? [projects.length > 1 ? `${name}: ${problem.message}` : problem.message] : [],
	);
	return texts.length > 0 ? texts.join('\n') : undefined;
}

function collapsible(node: CycleNode): TreeItemCollapsibleState {
	if (node.children.length === 0) return TreeItemCollapsibleState.None;
	return node.expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function contextValue(node: CycleNode): string {
	const words: string[] = [];
	if (node.route) words.push(RowWord.route);
	if (node.route?.place) words.push(RowWord.view);
	if (node.site) words.push(RowWord.site);
	if (node.registered) words.push(RowWord.registered);
	if (node.route?.name) words.push(RowWord.name);
	if (node.variable !== undefined || node.id.endsWith(`/${RowWord.variables}`)) words.push(RowWord.variables);
	if (node.id.endsWith('/settings')) words.push(RowWord.settings);
	return words.join(' ');
}

const delay = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
