import type { Capture, Location, Stage, ValuePreview } from '../../shared/capture';
import { code, escapeMarkdown, formatDuration, lastName, plural } from '../format';

/** What happened at one line of the source, for the pinned capture. */
export interface LineNote {
	readonly location: Location;
	readonly text: string;
	/** Markdown. */
	readonly hover: string;
	readonly tone: 'plain' | 'responded' | 'raised';
	readonly stage?: number;
}

/** Values of a recorded line longer than this are cut. Characters. */
const longest = 120;

/** One note a stage's line, the matched `path()` lines, where it was answered or raised, and the recorded lines. */
export function lineNotes(capture: Capture): LineNote[] {
	const notes = capture.stages.flatMap((stage) => stageNotes(stage, capture));
	const withLines = (capture.frames ?? []).flatMap((frame) => {
		const byLine = new Map<number, { count: number; values: Map<string, ValuePreview> }>();
		for (const { line, values } of frame.lines) {
			const entry = byLine.get(line) ?? { count: 0, values: new Map<string, ValuePreview>() };
			entry.count++;
			for (const [name, value] of Object.entries(values ?? {})) entry.values.set(name, value);
			byLine.set(line, entry);
		}
		return [...byLine].map(([line, { count, values }]): LineNote => {
			const shown = [...values].map(([name, value]) => `${name} = ${cut(value.repr, 60)}`).join(', ');
			const times = count > 1 ? `${count}×` : '';
			return {
				location: { ...frame.location, line, endLine: line },
				text: cut([times, shown].filter(Boolean).join(' '), longest) || 'ran',
				hover: [`Ran ${plural(count, 'time')}`, ...[...values].map(([name, value]) => code(`${name} = ${value.repr}`))].join('\n\n'),
				tone: 'plain',
				stage: frame.stage,
			};
		});
	});
	return [...notes, ...withLines];
}

function stageNotes(stage: Stage, capture: Capture): LineNote[] {
	const notes: LineNote[] = [];
	const tone = stage.outcome === 'raised' ? 'raised' : stage.outcome === 'responded' ? 'responded' : 'plain';
	const { detail } = stage;
	if (stage.kind === 'resolve') {
		const params = detail.matched ? callText(detail.matched.args, detail.matched.kwargs) : '';
		for (const tried of detail.tried ?? []) {
			if (!tried.location || tried.outcome === 'no match') continue;
			const final = tried.outcome === 'matched' && !tried.include;
			const text = final ? `matched → ${lastName(detail.matched?.view ?? '')}(${params})` : 'matched, and the rest was tried within';
			notes.push({ location: tried.location, text, hover: `${code(tried.pattern)} ${escapeMarkdown(text)}`, tone: 'plain', stage: stage.id });
		}
		return notes;
	}
	if (stage.location) {
		notes.push({ location: stage.location, text: stageText(stage, capture), hover: stageHover(stage), tone, stage: stage.id });
	}
	if (detail.actionLocation && detail.actionLocation.line !== stage.location?.line) {
		notes.push({ location: detail.actionLocation, text: stageText(stage, capture), hover: stageHover(stage), tone, stage: stage.id });
	}
	if (detail.answeredAt) {
		const status = detail.status === undefined ? '' : ` ${detail.status}`;
		const text = stage.outcome === 'raised' ? `raised ${exceptionText(stage)}` : `answered${status}${detail.reason ? `: ${detail.reason}` : ''}`;
		notes.push({ location: detail.answeredAt, text: cut(text, longest), hover: escapeMarkdown(text), tone, stage: stage.id });
	}
	const frame = detail.exception?.frames.findLast((one) => one.project);
	if (frame && stage.outcome === 'raised' && !detail.answeredAt) {
		const text = `raised ${exceptionText(stage)}`;
		notes.push({ location: frame.location, text: cut(text, longest), hover: escapeMarkdown(text), tone: 'raised', stage: stage.id });
	}
	return notes;
}

const directions: Partial<Record<Stage['kind'], string>> = {
	'middleware.request': '↓',
	'middleware.view': '↓ view',
	'middleware.response': '↑',
	'middleware.exception': '↑ exception',
	'middleware.template_response': '↑ template',
};

function stageText(stage: Stage, capture: Capture): string {
	const { detail } = stage;
	const queries = stage.events.filter((event) => event.kind === 'sql').length;
	const outcome = {
		passed: '',
		responded: `answered${detail.status === undefined ? '' : ` ${detail.status}`}`,
		raised: `raised ${exceptionText(stage)}`,
		skipped: 'never ran',
	}[stage.outcome];
	const status = stage.kind === 'view' && stage.outcome === 'passed' ? (detail.status ?? capture.response?.status) : undefined;
	const args = stage.kind === 'view' ? callText(detail.args ?? [], detail.kwargs ?? {}) : '';
	const words = [
		args && `(${args})`,
		outcome,
		status === undefined ? '' : `→ ${status}`,
		stage.outcome === 'skipped' ? '' : formatDuration(stage.endNs - stage.startNs),
		queries > 0 ? plural(queries, 'query', 'queries') : '',
		stage.changes.length > 0 ? plural(stage.changes.length, 'change') : '',
	];
	const text = words.filter(Boolean).join(' · ');
	return cut([directions[stage.kind], text].filter(Boolean).join(' '), longest);
}

function stageHover(stage: Stage): string {
	const lines = [
		`**${code(stage.name)}** ${stage.detail.hook ? code(stage.detail.hook) : stage.kind}`,
		`${stage.outcome}, ${formatDuration(stage.endNs - stage.startNs)} (${formatDuration(stage.selfNs)} of its own)`,
		stage.detail.reason ? escapeMarkdown(stage.detail.reason) : '',
		...stage.changes.slice(0, 20).map(({ path, before, after }) => `${code(path)}: ${before ? code(cut(before.repr, 80)) : '–'} → ${after ? code(cut(after.repr, 80)) : '–'}`),
	];
	return lines.filter(Boolean).join('\n\n');
}

function exceptionText(stage: Stage): string {
	const { exception } = stage.detail;
	return exception ? `${lastName(exception.type)}${exception.message ? `: ${exception.message}` : ''}` : 'an exception';
}

function callText(args: readonly ValuePreview[], kwargs: Readonly<Record<string, ValuePreview>>): string {
	return [...args.map((value) => value.repr), ...Object.entries(kwargs).map(([name, value]) => `${name}=${value.repr}`)].join(', ');
}

function cut(text: string, length: number): string {
	const line = text.replaceAll(/\s*\n\s*/g, ' ');
	return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
