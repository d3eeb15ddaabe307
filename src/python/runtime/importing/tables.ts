import type { Machine } from '../machine';
import type { Found } from './finder';
import type { Imports } from './imports';
import { type InertImport, inertImports } from './inert';

/** From what size on a file of data is worth a look before it is run, in bytes. */
const large = 50_000;
/** What a package says of the tables in it is no longer, in bytes. */
const short = 5_000;

/** Modules of the project that are large tables of data, or that gather such: countries, airports, postal codes. */
export class Tables {
	private readonly known = new Map<string, Contents>();
	/** Short files that were read, for the import that follows. */
	private readonly texts = new Map<string, string>();

	constructor(
		private readonly py: Machine,
		private readonly imports: Imports,
	) {}

	/** Whether it and all it imports does nothing but bind names to data, much of it. */
	has(module: string): boolean {
		const size = this.sizeOf(this.imports.locate(module));
		return (size <= short || size >= large) && this.contents(module) === 'table' && this.hasQuietPackages(module, '');
	}

	/** The text of a file; one that has just been looked at isn't read twice. */
	textOf(path: string): string | undefined {
		const text = this.texts.get(path) ?? this.py.readText(path);
		this.texts.delete(path);
		return text;
	}

	/** Files may become others before the next import. */
	forget(): void {
		this.texts.clear();
	}

	/** Whether the packages around it have run, or need not; those around `known` are looked at elsewhere. */
	private hasQuietPackages(module: string, known: string): boolean {
		for (let dot = module.lastIndexOf('.'); dot > 0; dot = module.lastIndexOf('.', dot - 1)) {
			const around = module.slice(0, dot);
			if (around === known || known.startsWith(`${around}.`)) return true;
			if (!this.py.modules.has(around) && this.contents(around) === 'code') return false;
		}
		return true;
	}

	private sizeOf(found: Found | undefined): number {
		return found?.kind === 'source' || found?.kind === 'package' ? (this.py.host.stat(found.path)?.size ?? 0) : 0;
	}

	private contents(module: string): Contents {
		let contents = this.known.get(module);
		if (contents === undefined) {
			// One that imports itself on the way is none.
			this.known.set(module, 'code');
			contents = this.read(module);
			this.known.set(module, contents);
		}
		return contents;
	}

	private read(module: string): Contents {
		const found = this.imports.locate(module);
		if (found?.kind !== 'source' && found?.kind !== 'package') return 'code';
		const text = this.py.readText(found.path);
		if (text !== undefined && text.length <= short) this.texts.set(found.path, text);
		const imports = text === undefined ? undefined : inertImports(text);
		if (!imports) return 'code';
		const around = found.kind === 'package' ? module : module.slice(0, Math.max(module.lastIndexOf('.'), 0));
		const inner = imports.map((one) => absolute(one, around));
		const all = inner.map((one) => this.contents(one));
		if (all.includes('code') || !inner.every((one) => this.hasQuietPackages(one, module))) return 'code';
		return this.sizeOf(found) >= large || all.includes('table') ? 'table' : 'data';
	}
}

/** `data`: too little of it to be worth waiting for. */
type Contents = 'code' | 'data' | 'table';

function absolute({ level, module }: InertImport, around: string): string {
	if (level === 0) return module;
	const base = around.split('.').slice(0, 1 - level || undefined);
	return [...base, ...(module === '' ? [] : [module])].join('.');
}
