import { lineStarts } from '../syntax/lines';
import type { Source, TextEdit } from '../values';

/** A part of an older text and where it stands in the newest; what is gone has the place of what replaced it, ends at its end. */
interface Piece {
	readonly start: number;
	readonly end: number;
	readonly at: number;
	readonly gone: boolean;
}

/** The edits of a file, each with those after it: one that every older text has followed is forgotten. */
interface Step {
	next: { readonly edit: TextEdit; readonly then: Step } | undefined;
}

/** The texts of one file. */
interface History {
	newest: ModuleSource;
	/** What the next edit is added to. */
	end: Step;
}

/** A text with its line table, which is made when a line is first asked for. */
class ModuleSource implements Source {
	private starts: readonly number[] | undefined;
	private pieces: readonly Piece[] | undefined;
	/** The edits that the pieces don't know yet. */
	private step: Step;
	private readonly history: History;

	constructor(
		readonly path: string,
		readonly text: string,
		history?: History,
	) {
		this.history = history ?? { newest: this, end: { next: undefined } };
		this.history.newest = this;
		this.step = this.history.end;
	}

	get newest(): ModuleSource {
		return this.history.newest;
	}

	lineOf(offset: number): number {
		const { newest } = this;
		if (newest !== this) return newest.lineOf(this.nowAt(offset));
		this.starts ??= lineStarts(this.text);
		const { starts } = this;
		let low = 0;
		let high = starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return low + 1;
	}

	/** The offset in the newest text. */
	nowAt(offset: number): number {
		this.follow();
		return this.pieces ? moved(this.pieces, offset) : offset;
	}

	/** Whether what stood at the offset is no more. */
	isGone(offset: number): boolean {
		this.follow();
		return this.pieces !== undefined && (pieceAt(this.pieces, offset)?.gone ?? false);
	}

	private follow(): void {
		while (this.step.next) {
			const { edit, then } = this.step.next;
			this.pieces = joined((this.pieces ?? this.whole()).flatMap((piece) => split(piece, edit)));
			this.step = then;
		}
	}

	/** The source of the text after edits of the newest one, one after the other: every older one tells lines of it from now on. */
	edited(text: string, edits: readonly TextEdit[]): ModuleSource {
		const { history } = this;
		this.newest.starts = undefined;
		for (const edit of edits) {
			const then: Step = { next: undefined };
			history.end.next = { edit, then };
			history.end = then;
		}
		return new ModuleSource(this.path, text, history);
	}

	private whole(): readonly Piece[] {
		return [{ start: 0, end: this.text.length + 1, at: 0, gone: false }];
	}
}

export function makeSource(path: string, text: string): ModuleSource {
	return new ModuleSource(path, text);
}

function moved(pieces: readonly Piece[], offset: number): number {
	const piece = pieceAt(pieces, offset);
	if (!piece) return offset;
	// Of what is gone the ends matter: of a class whose last method was edited, say.
	if (piece.gone) return Math.max(0, piece.at - (piece.end - offset));
	return piece.at + (offset - piece.start);
}

function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
	let low = 0;
	let high = pieces.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((pieces[middle]?.start ?? 0) <= offset) low = middle;
		else high = middle - 1;
	}
	return pieces[low];
}

/** A piece after an edit of the text that it stands in. For one that is gone, `at` is where its end is now. */
function split(piece: Piece, { from, to, length }: TextEdit): Piece[] {
	const { start, end, at, gone } = piece;
	const delta = length - (to - from);
	if (gone) return [{ ...piece, at: at <= from ? at : at >= to ? at + delta : from + length }];
	const last = at + (end - start);
	if (last <= from) return [piece];
	if (at >= to) return [{ ...piece, at: at + delta }];
	const out: Piece[] = [];
	if (at < from) out.push({ start, end: start + (from - at), at, gone: false });
	const goneFrom = start + Math.max(0, from - at);
	const goneTo = start + Math.min(end - start, to - at);
	if (goneTo > goneFrom) out.push({ start: goneFrom, end: goneTo, at: from + length, gone: true });
	if (last > to) out.push({ start: goneTo, end, at: from + length, gone: false });
	return out;
}

/** Neighbours that are one: the list stays short over thousands of edits. */
function joined(pieces: readonly Piece[]): Piece[] {
	const out: Piece[] = [];
	for (const piece of pieces) {
		const before = out.at(-1);
		const follows = before && before.gone === piece.gone && before.end === piece.start;
		if (follows && (piece.gone ? before.at === piece.at : before.at + (before.end - before.start) === piece.at))
			out[out.length - 1] = { ...before, end: piece.end };
		else out.push(piece);
	}
	return out;
}
