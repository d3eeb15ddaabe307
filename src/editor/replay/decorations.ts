import {
	type DecorationOptions,
	DecorationRangeBehavior,
	type Disposable,
	MarkdownString,
	OverviewRulerLane,
	Range,
	type TextEditor,
	ThemeColor,
	window,
	workspace,
} from 'vscode';
import { Setting, section } from '../../ids';
import { annotationsOf, type Tone } from '../../replay/inline';
import { DisposableStore } from '../disposables';
import { code, escapeMarkdown } from '../format';
import { setting } from '../settings';
import type { Pin, Pinned } from './pinned';
import { isFile } from './sources';
import { locationOfStep } from './stepLocation';

interface PlacedNote {
	readonly file: string;
	readonly line: number;
	readonly text: string;
	/** Markdown. */
	readonly hover: string;
	readonly tone: Tone;
}

/** Typing moves lines: places are looked for again once it rests. Milliseconds. */
const rest = 150;

/** What happened at each line, at the end of the line, and the line at which the walk stands. */
export class InlineReplay implements Disposable {
	private readonly store = new DisposableStore();
	private readonly tones = {
		passed: this.store.add(noteType('editorInlayHint.foreground')),
		responded: this.store.add(noteType('editorWarning.foreground')),
		raised: this.store.add(noteType('editorError.foreground')),
		skipped: this.store.add(noteType('disabledForeground')),
		quiet: this.store.add(noteType('disabledForeground')),
	};
	private readonly here = this.store.add(
		window.createTextEditorDecorationType({
			isWholeLine: true,
			backgroundColor: new ThemeColor('editor.stackFrameHighlightBackground'),
			overviewRulerColor: new ThemeColor('editorOverviewRuler.infoForeground'),
			overviewRulerLane: OverviewRulerLane.Full,
		}),
	);
	private notes: readonly PlacedNote[] = [];
	/** Reasons why notes are withheld. */
	private missing: readonly string[] = [];
	private current: { readonly file: string; readonly line: number } | undefined;
	private timer: NodeJS.Timeout | undefined;
	private turn = 0;

	constructor(private readonly pinned: Pinned) {
		this.store.add(pinned.onDidChangeCapture(() => void this.place()));
		this.store.add(pinned.onDidChangeStep((pin) => void this.placeStep(pin)));
		this.store.add(window.onDidChangeVisibleTextEditors(() => this.paint()));
		this.store.add(
			workspace.onDidChangeTextDocument(({ document }) => {
				if (!this.pinned.current || document.uri.scheme !== 'file') return;
				clearTimeout(this.timer);
				this.timer = setTimeout(() => void this.place(), rest);
			}),
		);
		this.store.add(
			workspace.onDidChangeConfiguration((event) => {
				if (event.affectsConfiguration(`${section}.${Setting.inlineReplay}`)) this.paint();
			}),
		);
	}

	/** What stands in a file now, for tests: line and text of each note. */
	notesIn(file: string): readonly { readonly line: number; readonly text: string }[] {
		return this.notes.filter((note) => note.file === file);
	}

	get withheld(): readonly string[] {
		return this.missing;
	}

	get currentLine(): { readonly file: string; readonly line: number } | undefined {
		return this.current;
	}

	dispose(): void {
		clearTimeout(this.timer);
		this.store.dispose();
	}

	private async place(): Promise<void> {
		const turn = ++this.turn;
		const pin = this.pinned.current;
		const placed: PlacedNote[] = [];
		const missing = new Set<string>();
		if (pin) {
			const annotations = [...annotationsOf(pin.capture, pin.story).values()].flat();
			const places = annotations.map(({ location, definition, source }) => ({
				location,
				clues: { definition, ...(source === undefined ? {} : { source }) },
			}));
			const found = await pin.sources.anchorAll(places);
			if (turn !== this.turn) return;
			for (const [at, { text, hover, tone }] of annotations.entries()) {
				const place = found[at];
				if (!place) continue;
				if ('missing' in place) missing.add(place.missing);
				else placed.push({ file: place.file, line: place.line, text, hover: hoverText(hover), tone });
			}
		}
		this.notes = placed;
		this.missing = [...missing];
		if (pin) await this.placeStep(this.pinned.current ?? pin);
		else {
			this.current = undefined;
			this.paint();
		}
	}

	private async placeStep(pin: Pin): Promise<void> {
		const step = pin.story.steps[pin.step];
		const location = step && locationOfStep(pin.stages, step);
		const found = location && (await pin.sources.anchor(location));
		if (this.pinned.current?.step !== pin.step || this.pinned.current.capture !== pin.capture) return;
		this.current = found && !('missing' in found) ? found : undefined;
		this.paint();
	}

	private paint(): void {
		const shown = setting(Setting.inlineReplay) !== false;
		for (const editor of window.visibleTextEditors) this.paintEditor(editor, shown);
	}

	private paintEditor(editor: TextEditor, shown: boolean): void {
		const { document } = editor;
		const notes = shown ? this.notes.filter((note) => isFile(document.uri, note.file) && note.line <= document.lineCount) : [];
		const byLine = new Map<number, PlacedNote[]>();
		for (const note of notes) {
			const list = byLine.get(note.line);
			if (list) list.push(note);
			else byLine.set(note.line, [note]);
		}
		for (const tone of worstFirst) {
			const lines = [...byLine].filter(([, list]) => toneOf(list) === tone);
			const options = lines.map(([line, list]) => decoration(document.lineAt(line - 1).range, list));
			editor.setDecorations(this.tones[tone], options);
		}
		const { current } = this;
		const here = shown && current && isFile(document.uri, current.file) && current.line <= document.lineCount;
		editor.setDecorations(this.here, here ? [document.lineAt(current.line - 1).range] : []);
	}
}

function hoverText(hover: readonly string[]): string {
	const lines = hover.slice(0, 30).map((line, at) => (at === 0 ? `**${escapeMarkdown(line)}**` : code(line)));
	return lines.join('\n\n');
}

const worstFirst: readonly Tone[] = ['raised', 'responded', 'passed', 'skipped', 'quiet'];

/** One line, one colour: the worst of what happened there. */
function toneOf(notes: readonly PlacedNote[]): Tone {
	return worstFirst.find((tone) => notes.some((note) => note.tone === tone)) ?? 'quiet';
}

function decoration(line: Range, notes: readonly PlacedNote[]): DecorationOptions {
	const texts = [...new Set(notes.map((note) => note.text))];
	// The editor shows any number of blanks as one.
	const contentText = texts.slice(0, 4).join(' │ ') + (texts.length > 4 ? ` │ +${texts.length - 4}` : '');
	const hoverMessage = new MarkdownString(
		notes
			.slice(0, 10)
			.map((note) => note.hover)
			.join('\n\n---\n\n'),
		true,
	);
	return {
		range: new Range(line.end, line.end),
		hoverMessage,
		renderOptions: { after: { contentText: contentText.slice(0, 300) } },
	};
}

function noteType(color: string) {
	return window.createTextEditorDecorationType({
		rangeBehavior: DecorationRangeBehavior.ClosedClosed,
		after: { margin: '0 0 0 2em', color: new ThemeColor(color), fontStyle: 'italic' },
	});
}
