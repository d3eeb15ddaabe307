/** String literals: implicit concatenation, bytes, and the replacement fields of f- and t-strings. */

import type { Constant, Expr, FormattedValue, JoinedStr } from './ast';
import { Cursor } from './cursor';
import { afterBackslash, Char, fieldParts, type StringShape, stringShape } from './extent';
import { bytesValue, numberValue, stringText } from './literals';
import { T } from './tokens';

type FormatPart = Constant | FormattedValue;

export abstract class StringParser extends Cursor {
	protected abstract expressionsOrYield(): Expr;

	protected number(): Expr {
		const { start, end } = this;
		const value = numberValue(this.written);
		this.take();
		return { kind: 'Constant', start, end, value };
	}

	/** The string literals that follow each other, as one. */
	protected strings(): Expr {
		const { start } = this;
		if (this.kindAt(this.at + 1) !== T.String) {
			const shape = stringShape(this.text, start);
			if (shape.format === '') return this.plainString(shape);
		}
		const parts: FormatPart[] = [];
		const bytes: Uint8Array[] = [];
		let format: '' | 'f' | 't' = '';
		while (this.kind === T.String) {
			const shape = stringShape(this.text, this.start);
			const [from, to] = this.inside(shape);
			if (shape.bytes) bytes.push(bytesValue(this.text.slice(from, to), shape.raw));
			else if (shape.format === '') addText(parts, stringText(this.text.slice(from, to), shape.raw), this.start, this.end);
			else {
				if (format !== 't') format = shape.format;
				this.formatParts(shape, from, to, parts);
			}
			this.take();
		}
		const end = this.lastEnd;
		if (bytes.length > 0) {
			if (parts.length > 0) this.problem(start, end, 'Cannot mix bytes and other literals');
			return { kind: 'Constant', start, end, value: { type: 'bytes', value: joined(bytes) } };
		}
		if (format === '') {
			const [first] = parts;
			return { kind: 'Constant', start, end, value: first?.kind === 'Constant' ? first.value : '' };
		}
		return { kind: format === 'f' ? 'JoinedStr' : 'TemplateStr', start, end, values: parts };
	}

	private plainString(shape: StringShape): Constant {
		const { start, end } = this;
		const [from, to] = this.inside(shape);
		const inside = this.text.slice(from, to);
		this.take();
		const value = shape.bytes
			? ({ type: 'bytes', value: bytesValue(inside, shape.raw) } as const)
			: stringText(inside, shape.raw);
		return { kind: 'Constant', start, end, value };
	}

	/** The range between the current token's quotes; one that doesn't end has no closing ones. */
	private inside({ quoteAt, quote, long }: StringShape): readonly [number, number] {
		const width = long ? 3 : 1;
		const from = quoteAt + width;
		const { end } = this;
		const closed = end - width >= from && this.text.charCodeAt(end - 1) === quote;
		return [Math.min(from, end), closed ? end - width : end];
	}

	/** The parts of one f-string, its texts joined to what stands before. */
	private formatParts(shape: StringShape, from: number, to: number, parts: FormatPart[]): void {
		this.formatRange(shape, from, to, parts, 0, false);
	}

	private formatRange(shape: StringShape, from: number, to: number, parts: FormatPart[], depth: number, spec: boolean): void {
		const { text } = this;
		let textFrom = from;
		let literal = '';
		let literalStart = from;
		const flush = (upTo: number): void => {
			literal += stringText(text.slice(textFrom, upTo), shape.raw);
			addText(parts, literal, literalStart, upTo);
			literal = '';
		};
		let at = from;
		while (at < to) {
			const code = text.charCodeAt(at);
			if (code === Char.Backslash) at = Math.min(to, afterBackslash(text, at, shape.raw));
			else if (code === Char.BraceL || code === Char.BraceR) {
				const doubled = !spec && text.charCodeAt(at + 1) === code && at + 1 < to;
				if (doubled || code === Char.BraceR) {
					if (!doubled) this.problem(at, at + 1, "A single '}' in an f-string");
					literal += stringText(text.slice(textFrom, at + 1), shape.raw);
					at += doubled ? 2 : 1;
					textFrom = at;
					continue;
				}
				flush(at);
				at = this.field(shape, at, to, parts, depth);
				textFrom = at;
				literalStart = at;
			} else at++;
		}
		flush(to);
	}

	/** Reads the field at `at`, and gives the offset after it. */
	private field(shape: StringShape, at: number, to: number, parts: FormatPart[], depth: number): number {
		const { text } = this;
		const found = fieldParts(text, at, to, shape.quote, shape.long, shape.raw, depth + 1);
		if (found.end < 0) {
			this.problem(at, to, 'This replacement field is not closed');
			parts.push({ kind: 'FormattedValue', start: at, end: to, value: this.errorExpr(at, to) });
			return to;
		}
		const value = this.within(at + 1, found.expressionEnd, () => {
			const expression = this.expressionsOrYield();
			if (this.kind > T.Body) this.unexpected('Invalid syntax in a replacement field');
			return expression;
		});
		let formatSpec: JoinedStr | undefined;
		if (found.spec >= 0) {
			const values: FormatPart[] = [];
			this.formatRange(shape, found.spec + 1, found.end - 1, values, depth + 1, true);
			formatSpec = { kind: 'JoinedStr', start: found.spec, end: found.end - 1, values };
		}
		const debugEnd = found.conversion >= 0 ? found.conversion : found.spec >= 0 ? found.spec : found.end - 1;
		const afterEquals = text.slice(found.equals + 1, debugEnd).replace(/#[^\n]*/g, '');
		const debugText = found.equals >= 0 ? text.slice(at + 1, found.equals + 1) + afterEquals : undefined;
		const conversion = this.conversion(found.conversion) ?? (debugText !== undefined && !formatSpec ? 'r' : undefined);
		parts.push({
			kind: 'FormattedValue',
			start: at,
			end: found.end,
			value,
			...(conversion && { conversion }),
			...(formatSpec && { formatSpec }),
			...(debugText !== undefined && { debugText }),
			...(shape.format === 't' && depth === 0 && { written: withoutComments(text.slice(at + 1, found.expressionEnd)) }),
		});
		return found.end;
	}

	private conversion(at: number): 's' | 'r' | 'a' | undefined {
		if (at < 0) return undefined;
		const letter = this.text[at + 1];
		if (letter === 's' || letter === 'r' || letter === 'a') return letter;
		this.problem(at, at + 2, 'A conversion is s, r or a');
		return undefined;
	}
}

function withoutComments(text: string): string {
	return text.includes('#') ? text.replace(/("[^"]*"|'[^']*')|#[^\n]*/g, '$1') : text;
}

function addText(parts: FormatPart[], value: string, start: number, end: number): void {
	if (value === '') return;
	const last = parts[parts.length - 1];
	if (last?.kind === 'Constant' && typeof last.value === 'string')
		parts[parts.length - 1] = { kind: 'Constant', start: last.start, end, value: last.value + value };
	else parts.push({ kind: 'Constant', start, end, value });
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
	const all = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
	let at = 0;
	for (const chunk of chunks) {
		all.set(chunk, at);
		at += chunk.length;
	}
	return all;
}
