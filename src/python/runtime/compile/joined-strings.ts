import type { Constant, JoinedStr, TemplateStr } from '../../syntax/ast';
import { PyInterpolation, PyTemplate } from '../../values';
import type { Run } from '../frames';
import type { Context } from './context';
import { compileExpr } from './expressions';

/** An f-string. */
export function compileJoined(c: Context, node: JoinedStr): Run {
	const parts = node.values.map((part) => {
		if (part.kind === 'Constant') return { text: constantText(part) };
		return {
			text: part.debugText,
			run: compileExpr(c, part.value),
			conversion: part.conversion ?? (part.debugText !== undefined && !part.formatSpec ? 'r' : undefined),
			spec: part.formatSpec && compileJoined(c, part.formatSpec),
		};
	});
	return (f) => {
		let text = '';
		for (const part of parts) {
			if (part.text !== undefined) text += part.text;
			if (!part.run) continue;
			let value = part.run(f);
			f.node = node;
			const unknown = f.py.unknownIn(value);
			if (unknown) return unknown;
			if (part.conversion === 'r') value = f.py.repr(value);
			else if (part.conversion === 'a') value = f.py.call(f.py.builtin('ascii'), [value]);
			else if (part.conversion === 's') value = f.py.str(value);
			const spec = part.spec?.(f);
			text += typeof value === 'string' && spec === undefined ? value : f.py.format(value, typeof spec === 'string' ? spec : '');
			f.py.budget.text(text.length);
		}
		return text;
	};
}

/** A t-string (PEP 750, Python 3.14). */
export function compileTemplate(c: Context, node: TemplateStr): Run {
	const parts = node.values.map((part) => {
		if (part.kind === 'Constant') return { text: constantText(part) };
		return {
			text: part.debugText ?? '',
			run: compileExpr(c, part.value),
			written: part.written ?? '',
			conversion: part.conversion ?? null,
			spec: part.formatSpec && compileJoined(c, part.formatSpec),
		};
	});
	return (f) => {
		const made: (string | PyInterpolation)[] = [];
		for (const { text, run, written, conversion, spec } of parts) {
			made.push(text);
			if (run) made.push(new PyInterpolation(run(f), written, conversion, spec?.(f) ?? ''));
		}
		return PyTemplate.of(made);
	};
}

function constantText(node: Constant): string {
	return typeof node.value === 'string' ? node.value : '';
}
