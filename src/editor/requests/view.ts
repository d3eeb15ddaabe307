import {
	type Disposable,
	EventEmitter,
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
import type { Captures } from '../captures/captures';
import { setContext } from '../contextKeys';
import { DisposableStore } from '../disposables';
import { Paced, treePace } from '../paced';
import type { Pinned } from '../replay/pinned';
import { pageSize, type RequestRows, requestRows } from './rows';

/** The Requests view. Its elements are ids of captures and of notes. */
export class RequestsView implements TreeDataProvider<string>, Disposable {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<string | undefined>());
	readonly onDidChangeTreeData = this.changed.event;
	readonly view: TreeView<string>;
	private rows: RequestRows;
	private filterText = '';
	private shown = pageSize;
	private readonly refreshes = this.store.add(new Paced(() => this.refresh(), treePace));

	constructor(
		private readonly captures: Captures,
		private readonly pinned: Pinned,
		private readonly recordingState: () => 'off' | 'on' | 'paused',
	) {
		this.rows = this.build();
		this.view = this.store.add(window.createTreeView(View.requests, { treeDataProvider: this, canSelectMany: true }));
		this.store.add(captures.onDidChange(() => this.refreshes.ask()));
		this.store.add(pinned.onDidChangeCapture(() => this.refreshes.ask()));
		this.store.add(this.view.onDidChangeVisibility(({ visible }) => visible && void captures.follow()));
	}

	get filter(): string {
		return this.filterText;
	}

	set filter(text: string) {
		if (text === this.filterText) return;
		this.filterText = text;
		this.shown = pageSize;
		setContext(ContextKey.requestFilter, text.trim() !== '');
		this.refresh();
	}

	/** The rows as data, for tests. */
	get current(): RequestRows {
		return this.rows;
	}

	showMore(): void {
		this.shown += pageSize;
		this.refresh();
	}

	refresh(): void {
		this.rows = this.build();
		const filter = this.filterText.trim();
		const paused = this.recordingState() === 'paused' ? 'paused' : '';
		const found = filter ? `filter: ${filter} · ${this.rows.matching} of ${this.captures.entries.length}` : '';
		this.view.description = [paused, found].filter(Boolean).join(' · ');
		this.changed.fire(undefined);
	}

	async reveal(id: string): Promise<void> {
		if (!this.rows.row(id)) return;
		if (!this.rows.top.includes(id) && !this.getParent(id)) this.filter = '';
		await this.view.reveal(id, { select: true, focus: true });
	}

	getChildren(id?: string): string[] {
		if (id === undefined) void this.captures.follow();
		return [...(id === undefined ? this.rows.top : (this.rows.row(id)?.children ?? []))];
	}

	getParent(id: string): string | undefined {
		const page = this.captures.entry(id)?.summary?.page;
		return page !== undefined && this.rows.row(page)?.children.includes(id) ? page : undefined;
	}

	getTreeItem(id: string): TreeItem {
		const row = this.rows.row(id);
		if (!row) return new TreeItem('');
		const state = row.children.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
		const item = new TreeItem(row.label, state);
		item.id = row.id;
		if (row.description) item.description = row.description;
		if (row.tooltip) item.tooltip = new MarkdownString(row.tooltip, true);
		item.iconPath = new ThemeIcon(row.icon, row.color ? new ThemeColor(row.color) : undefined);
		item.accessibilityInformation = { label: [row.label, row.description].filter(Boolean).join(', ') };
		if (row.more) item.command = { command: Command.showMoreRequests, title: 'Show More' };
		else if (row.capture) {
			item.contextValue = row.capture === this.pinned.captureId ? `${RowWord.capture} ${RowWord.pinned}` : RowWord.capture;
			item.command = { command: Command.openCapture, title: 'Open Replay', arguments: [row.capture, undefined, true] };
		}
		return item;
	}

	dispose(): void {
		this.store.dispose();
	}

	private build(): RequestRows {
		const { entries, health, problem } = this.captures;
		return requestRows({ entries, health, problem, filter: this.filterText, shown: this.shown, pinned: this.pinned.captureId });
	}
}
