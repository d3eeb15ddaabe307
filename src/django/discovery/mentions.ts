import { parse as parseToml } from 'smol-toml';
import type { Host } from '../../shared/host';
import { basename } from '../../shared/path';
import { readText } from '../environment/text';
import { readIni } from './ini';

/** A place that names a settings module. */
export interface Mention {
	readonly module: string;
	readonly line: number;
	/** `DJANGO_CONFIGURATION`, where the same file names the settings class too. */
	readonly configuration?: string;
}

const moduleName = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/** The settings modules that a project file names; which readers apply goes by the file's name. */
export function settingsMentions(host: Host, file: string): Mention[] {
	const text = readText(host, file);
	if (text === undefined || (!text.includes('DJANGO_SETTINGS_MODULE') && !text.includes('django_settings_module'))) return [];
	const name = basename(file);
	const found = name.endsWith('.py')
		? fromPython(text)
		: name.endsWith('.toml')
			? fromToml(text)
			: /\.(?:ini|cfg)$/.test(name)
				? fromIni(text)
				: fromDotenv(text);
	return found.filter(({ module }) => moduleName.test(module));
}

/** `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "…")`, `os.environ["…"] = "…"`: manage.py, wsgi.py, asgi.py, celery.py. */
function fromPython(text: string): Mention[] {
	const configuration = /['"]DJANGO_CONFIGURATION['"]\s*(?:,|\]\s*=)\s*['"](\w+)['"]/.exec(text)?.[1];
	const out: Mention[] = [];
	for (const match of text.matchAll(/['"]DJANGO_SETTINGS_MODULE['"]\s*(?:,|\]\s*=)\s*['"]([\w.]+)['"]/g)) {
		const line = lineAt(text, match.index);
		if (/^\s*#/.test(text.split('\n')[line - 1] ?? '')) continue;
		out.push({ module: match[1] ?? '', line, ...(configuration ? { configuration } : {}) });
	}
	return out;
}

/** pytest-django's and django-stubs' tables in `pyproject.toml`. */
function fromToml(text: string): Mention[] {
	let tables: Record<string, unknown>;
	try {
		tables = parseToml(text);
	} catch {
		return []; // Half-typed: the other files still speak.
	}
	const values = [
		at(tables, 'tool', 'pytest', 'ini_options', 'DJANGO_SETTINGS_MODULE'),
		at(tables, 'tool', 'pytest', 'DJANGO_SETTINGS_MODULE'),
		at(tables, 'tool', 'django-stubs', 'django_settings_module'),
		...listOf(at(tables, 'tool', 'pytest_env', 'DJANGO_SETTINGS_MODULE')),
	];
	return values
		.filter((value): value is string => typeof value === 'string' && moduleName.test(value))
		.map((module) => ({ module, line: lineAt(text, Math.max(0, text.search(new RegExp(`["']${module}["']`)))) }));
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function at(value: unknown, ...keys: readonly string[]): unknown {
	let here = value;
	for (const key of keys) here = typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined;
	return here;
}

function fromIni(text: string): Mention[] {
	const out: Mention[] = [];
	for (const { key, value, line } of readIni(text)) {
		if (/^(?:DJANGO_SETTINGS_MODULE|django_settings_module)$/.test(key)) out.push({ module: value.trim(), line });
		// pytest-env's and tox's lists of variables: one `NAME = value` a line below `env` or `setenv`.
		if (/^(?:env|setenv|set_env)$/i.test(key)) {
			for (const [index, one] of value.split('\n').entries()) {
				const pair = /^(?:[DR]:)*DJANGO_SETTINGS_MODULE\s*=\s*(\S+)/.exec(one.trim());
				if (pair) out.push({ module: pair[1] ?? '', line: line + index });
			}
		}
	}
	return out;
}

function fromDotenv(text: string): Mention[] {
	const out: Mention[] = [];
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		const pair = /^\s*(?:export\s+)?DJANGO_SETTINGS_MODULE\s*=\s*["']?([\w.]+)/.exec(line);
		if (pair) out.push({ module: pair[1] ?? '', line: index + 1 });
	}
	return out;
}

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length;
