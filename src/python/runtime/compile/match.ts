import type { Match, Pattern } from '../../syntax/ast';
import { PyBytes, PyClass, PyDict, PyList, PyTuple, type Value } from '../../values';
import { type Exec, type Frame, NORMAL } from '../frames';
import type { Context } from './context';
import { compileExpr } from './expressions';
import { storeName } from './names';
import { compileBlock } from './statements';

/** Whether the subject fits; binds the captures on the way. */
export type Matcher = (f: Frame, subject: Value) => boolean;

export function compileMatch(c: Context, node: Match): Exec {
	const subject = compileExpr(c, node.subject);
	const cases = node.cases.map((branch) => ({
		matches: compilePattern(c, branch.pattern),
		guard: branch.guard && compileExpr(c, branch.guard),
		body: compileBlock(c, branch.body),
	}));
	return (f) => {
		const value = subject(f);
		for (const { matches, guard, body } of cases) {
			if (matches(f, value) && (!guard || f.py.truth(guard(f)))) return body(f);
		}
		return NORMAL;
	};
}

export function compilePattern(c: Context, node: Pattern): Matcher {
	switch (node.kind) {
		case 'MatchValue': {
			const value = compileExpr(c, node.value);
			return (f, subject) => f.py.truth(f.py.compare('==', subject, value(f)));
		}
		case 'MatchSingleton':
			return (_f, subject) => subject === node.value;
		case 'MatchAs': {
			const inner = node.pattern && compilePattern(c, node.pattern);
			const store = node.name === undefined ? undefined : storeName(c, node.name);
			return (f, subject) => {
				if (inner && !inner(f, subject)) return false;
				store?.(f, subject);
				return true;
			};
		}
		case 'MatchOr': {
			const patterns = node.patterns.map((pattern) => compilePattern(c, pattern));
			return (f, subject) => patterns.some((pattern) => pattern(f, subject));
		}
		case 'MatchStar':
			return () => true;
		case 'MatchSequence':
			return compileSequence(c, node.patterns);
		case 'MatchMapping': {
			const keys = node.keys.map((key) => compileExpr(c, key));
			const patterns = node.patterns.map((pattern) => compilePattern(c, pattern));
			const rest = node.rest === undefined ? undefined : storeName(c, node.rest);
			return (f, subject) => {
				if (!(subject instanceof PyDict)) return false;
				const left = new PyDict();
				for (const { key, value } of subject.entries()) left.set(f.py, key, value);
				for (let i = 0; i < keys.length; i++) {
					const key = keys[i]?.(f) ?? null;
					const value = subject.get(f.py, key);
					if (value === undefined || !patterns[i]?.(f, value)) return false;
					left.delete(f.py, key);
				}
				rest?.(f, left);
				return true;
			};
		}
		case 'MatchClass': {
			const cls = compileExpr(c, node.cls);
			const positional = node.patterns.map((pattern) => compilePattern(c, pattern));
			const named = node.kwdPatterns.map((pattern, index) => ({
				name: node.kwdAttrs[index] ?? '',
				pattern: compilePattern(c, pattern),
			}));
			return (f, subject) => {
				const type = cls(f);
				if (!f.py.isInstance(subject, type)) return false;
				const names = positional.length > 0 ? matchArgs(f, type) : [];
				for (let i = 0; i < positional.length; i++) {
					const name = names[i];
					// str, int and the other plain types capture the subject itself.
					const value = name === undefined ? subject : f.py.findAttr(subject, name);
					if (value === undefined || !positional[i]?.(f, value)) return false;
				}
				return named.every(({ name, pattern }) => {
					const value = f.py.findAttr(subject, name);
					return value !== undefined && pattern(f, value);
				});
			};
		}
	}
}

function matchArgs(f: Frame, type: Value): string[] {
	const names = type instanceof PyClass ? type.lookup('__match_args__') : undefined;
	return names === undefined ? [] : f.py.list(names).filter((name) => typeof name === 'string');
}

function compileSequence(c: Context, nodes: readonly Pattern[]): Matcher {
	const patterns = nodes.map((pattern) => compilePattern(c, pattern));
	const star = nodes.findIndex((pattern) => pattern.kind === 'MatchStar');
	const starNode = nodes[star];
	const store = starNode?.kind === 'MatchStar' && starNode.name !== undefined ? storeName(c, starNode.name) : undefined;
	return (f, subject) => {
		if (!(subject instanceof PyList || subject instanceof PyTuple) || subject instanceof PyBytes) return false;
		const { items } = subject;
		if (star < 0 ? items.length !== patterns.length : items.length < patterns.length - 1) return false;
		const after = items.length - (patterns.length - star - 1);
		for (let i = 0; i < patterns.length; i++) {
			if (i === star) {
				store?.(f, new PyList(items.slice(star, after)));
				continue;
			}
			const item = star < 0 || i < star ? items[i] : items[after + i - star - 1];
			if (!patterns[i]?.(f, item ?? null)) return false;
		}
		return true;
	};
}
