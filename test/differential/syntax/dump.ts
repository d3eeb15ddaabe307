/** Writes our syntax trees in the form of dump.py, for comparing with CPython's. */

import type {
	Alias,
	Arg,
	Arguments,
	Comprehension,
	ConstantValue,
	ExceptHandler,
	Expr,
	FormattedValue,
	JoinedStr,
	Keyword,
	Module,
	Node,
	Pattern,
	Stmt,
	TemplateStr,
} from '../../../src/python/syntax/ast';
import { lineTable } from '../../../src/python/syntax/lines';

/** The module's tree as text: kinds, places (line:column in UTF-8 bytes) and values. */
export function dump(module: Module, text: string): string {
	return new Dumper(text).module(module);
}

class Dumper {
	private out: string[] = [];
	private readonly lines;

	constructor(text: string) {
		this.lines = lineTable(text);
	}

	module(module: Module): string {
		this.statements(module.body);
		return this.out.join('');
	}

	private place({ start, end }: Node): string {
		const { lines } = this;
		return `@${lines.lineAt(start)}:${lines.byteColumnAt(start)}-${lines.lineAt(end)}:${lines.byteColumnAt(end)}`;
	}

	private write(...parts: readonly (string | boolean | number)[]): void {
		for (const part of parts) this.out.push(String(part));
	}

	private text(value: string | undefined): void {
		this.write(value === undefined ? '~' : quoted(value));
	}

	private names(values: readonly string[] = []): void {
		this.write(`[${values.map(quoted).join(',')}]`);
	}

	private list<N>(nodes: readonly N[], one: (node: N) => void): void {
		this.write('[');
		for (const node of nodes) one(node);
		this.write(']');
	}

	private statements(body: readonly Stmt[]): void {
		this.list(body, (statement) => this.statement(statement));
	}

	private exprs(nodes: readonly Expr[]): void {
		this.list(nodes, (node) => this.expr(node));
	}

	private patterns(nodes: readonly Pattern[]): void {
		this.list(nodes, (node) => this.pattern(node));
	}

	private opt(node: Expr | undefined): void {
		if (node === undefined) this.write('~');
		else this.expr(node);
	}

	private keywords(nodes: readonly Keyword[]): void {
		this.list(nodes, (node) => {
			this.write(`(keyword${this.place(node)} `);
			this.text(node.arg);
			this.expr(node.value);
			this.write(')');
		});
	}

	private aliases(nodes: readonly Alias[]): void {
		this.list(nodes, (node) => {
			this.write(`(alias${this.place(node)} `);
			this.text(node.name);
			this.text(node.asname);
			this.write(')');
		});
	}

	private statement(node: Stmt): void {
		this.write(`(${node.kind}${this.place(node)} `);
		switch (node.kind) {
			case 'FunctionDef':
				this.write(node.async);
				this.text(node.name);
				this.arguments(node.args);
				this.statements(node.body);
				this.exprs(node.decorators);
				this.opt(node.returns);
				this.names(node.typeParams?.map(({ name }) => name));
				this.write(node.generator);
				break;
			case 'ClassDef':
				this.text(node.name);
				this.exprs(node.bases);
				this.keywords(node.keywords);
				this.statements(node.body);
				this.exprs(node.decorators);
				this.names(node.typeParams?.map(({ name }) => name));
				break;
			case 'Return':
				this.opt(node.value);
				break;
			case 'Delete':
				this.exprs(node.targets);
				break;
			case 'Assign':
				this.exprs(node.targets);
				this.expr(node.value);
				break;
			case 'AugAssign':
				this.expr(node.target);
				this.write(node.op);
				this.expr(node.value);
				break;
			case 'AnnAssign':
				this.expr(node.target);
				this.expr(node.annotation);
				this.opt(node.value);
				break;
			case 'TypeAlias':
				this.text(node.name);
				this.names(node.typeParams?.map(({ name }) => name));
				this.expr(node.value);
				break;
			case 'For':
				this.write(node.async);
				this.expr(node.target);
				this.expr(node.iter);
				this.statements(node.body);
				this.statements(node.orelse);
				break;
			case 'While':
			case 'If':
				this.expr(node.test);
				this.statements(node.body);
				this.statements(node.orelse);
				break;
			case 'With':
				this.write(node.async);
				for (const item of node.items) {
					this.expr(item.context);
					this.opt(item.target);
				}
				this.statements(node.body);
				break;
			case 'Match':
				this.expr(node.subject);
				for (const clause of node.cases) {
					this.pattern(clause.pattern);
					this.opt(clause.guard);
					this.statements(clause.body);
				}
				break;
			case 'Raise':
				this.opt(node.exc);
				this.opt(node.cause);
				break;
			case 'Try':
				this.write(node.star);
				this.statements(node.body);
				this.list(node.handlers, (handler) => this.handler(handler));
				this.statements(node.orelse);
				this.statements(node.finalbody);
				break;
			case 'Assert':
				this.expr(node.test);
				this.opt(node.msg);
				break;
			case 'Import':
				if (node.lazy) this.write('lazy');
				this.aliases(node.names);
				break;
			case 'ImportFrom':
				if (node.lazy) this.write('lazy');
				this.text(node.module);
				this.write(node.level);
				this.aliases(node.names);
				break;
			case 'Global':
			case 'Nonlocal':
				this.names(node.names);
				break;
			case 'Expr':
				this.expr(node.value);
				break;
			case 'Pass':
			case 'Break':
			case 'Continue':
				break;
			case 'ErrorStmt':
				this.exprs(node.parts);
		}
		this.write(')');
	}

	private handler(node: ExceptHandler): void {
		this.write(`(ExceptHandler${this.place(node)} `);
		this.opt(node.type);
		this.text(node.name);
		this.statements(node.body);
		this.write(')');
	}

	private arguments(args: Arguments): void {
		this.write('(arguments ');
		for (const arg of args.posonly) this.argument(arg);
		this.write('/');
		for (const arg of args.args) this.argument(arg);
		if (args.vararg) this.arg(args.vararg);
		else this.write('~');
		for (const arg of args.kwonly) this.argument(arg);
		if (args.kwarg) this.arg(args.kwarg);
		else this.write('~');
		this.write(')');
	}

	private argument(arg: Arg): void {
		this.arg(arg);
		this.opt(arg.default);
	}

	private arg(arg: Arg): void {
		this.write(`(arg${this.place(arg)} `);
		this.text(arg.name);
		this.opt(arg.annotation);
		this.write(')');
	}

	private expr(node: Expr): void {
		this.write(`(${node.kind}${this.place(node)} `);
		switch (node.kind) {
			case 'BoolOp':
				this.write(node.op);
				this.exprs(node.values);
				break;
			case 'NamedExpr':
				this.expr(node.target);
				this.expr(node.value);
				break;
			case 'BinOp':
				this.expr(node.left);
				this.write(node.op);
				this.expr(node.right);
				break;
			case 'UnaryOp':
				this.write(node.op);
				this.expr(node.operand);
				break;
			case 'Lambda':
				this.arguments(node.args);
				this.expr(node.body);
				this.write(node.generator);
				break;
			case 'IfExp':
				this.expr(node.test);
				this.expr(node.body);
				this.expr(node.orelse);
				break;
			case 'Dict':
				node.keys.forEach((key, index) => {
					this.opt(key);
					this.opt(node.values[index]);
				});
				break;
			case 'Set':
			case 'List':
			case 'Tuple':
				this.exprs(node.elts);
				break;
			case 'ListComp':
			case 'SetComp':
			case 'GeneratorExp':
				this.expr(node.elt);
				this.comprehensions(node.generators);
				break;
			case 'DictComp':
				if (node.key) this.expr(node.key);
				this.expr(node.value);
				this.comprehensions(node.generators);
				break;
			case 'Await':
			case 'YieldFrom':
			case 'Starred':
				this.expr(node.value);
				break;
			case 'Yield':
				this.opt(node.value);
				break;
			case 'Compare':
				this.expr(node.left);
				node.ops.forEach((op, index) => {
					this.write(op);
					this.opt(node.comparators[index]);
				});
				break;
			case 'Call':
				this.expr(node.func);
				this.exprs(node.args);
				this.keywords(node.keywords);
				break;
			case 'JoinedStr':
			case 'TemplateStr':
				this.joined(node);
				break;
			case 'Constant':
				this.write(constant(node.value));
				break;
			case 'Attribute':
				this.expr(node.value);
				this.text(node.attr);
				break;
			case 'Subscript':
				this.expr(node.value);
				this.expr(node.slice);
				break;
			case 'Name':
				this.text(node.id);
				break;
			case 'Slice':
				this.opt(node.lower);
				this.opt(node.upper);
				this.opt(node.step);
				break;
			case 'ErrorExpr':
				this.exprs(node.parts);
		}
		this.write(')');
	}

	/** CPython has the text of `{x=}` in the constant before the value. */
	private joined(node: JoinedStr | TemplateStr): void {
		const parts: (string | FormattedValue)[] = [];
		const add = (text: string): void => {
			const last = parts.length - 1;
			if (typeof parts[last] === 'string') parts[last] += text;
			else if (text !== '') parts.push(text);
		};
		for (const part of node.values) {
			if (part.kind === 'Constant') add(String(part.value));
			else {
				add(part.debugText ?? '');
				parts.push(part);
			}
		}
		this.list(parts, (part) => {
			if (typeof part === 'string') this.text(part);
			else this.formatted(part, node.kind === 'TemplateStr');
		});
	}

	private formatted(node: FormattedValue, inTemplate: boolean): void {
		this.write(inTemplate ? '(Interpolation ' : '(FormattedValue ');
		if (inTemplate) this.text(node.written);
		this.expr(node.value);
		this.write(node.conversion ?? '~');
		if (node.formatSpec) {
			this.write('(JoinedStr ');
			this.joined(node.formatSpec);
			this.write(')');
		} else this.write('~');
		this.write(')');
	}

	private comprehensions(generators: readonly Comprehension[]): void {
		for (const { async, target, iter, ifs } of generators) {
			this.write(`for${async}`);
			this.expr(target);
			this.expr(iter);
			this.exprs(ifs);
		}
	}

	private pattern(node: Pattern): void {
		this.write(`(${node.kind}${this.place(node)} `);
		switch (node.kind) {
			case 'MatchValue':
				this.expr(node.value);
				break;
			case 'MatchSingleton':
				this.write(constant(node.value));
				break;
			case 'MatchSequence':
			case 'MatchOr':
				this.patterns(node.patterns);
				break;
			case 'MatchMapping':
				this.exprs(node.keys);
				this.patterns(node.patterns);
				this.text(node.rest);
				break;
			case 'MatchClass':
				this.expr(node.cls);
				this.patterns(node.patterns);
				this.names(node.kwdAttrs);
				this.patterns(node.kwdPatterns);
				break;
			case 'MatchStar':
				this.text(node.name);
				break;
			case 'MatchAs':
				if (node.pattern) this.pattern(node.pattern);
				else this.write('~');
				this.text(node.name);
		}
		this.write(')');
	}
}

/** As Python's `json.dumps` writes it. */
function quoted(value: string): string {
	return JSON.stringify(value).replace(
		/[\x7f-\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

function constant(value: ConstantValue): string {
	if (value === null) return 'None';
	if (typeof value === 'string') return quoted(value);
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	if (typeof value === 'object') {
		switch (value.type) {
			case 'float':
				return `f${bits(value.value)}`;
			case 'complex':
				return `c${bits(value.imag)}`;
			case 'bytes':
				return `b${Array.from(value.value, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
			case 'ellipsis':
				return '...';
		}
	}
	return String(value);
}

function bits(value: number): string {
	const view = new DataView(new ArrayBuffer(8));
	view.setFloat64(0, value);
	return view.getBigUint64(0).toString(16).padStart(16, '0');
}
