/** The request as it came. */
import type { Header, UploadedFile } from '../../shared/capture';
import { counted, sizeLabel } from '../../shared/labels';
import { type Child, clipped, h } from '../dom';
import { bodyView } from './body';
import { note, section } from './parts';
import { pairs } from './value';
import type { Context, View } from './view';

export function requestTab(context: Context): View {
	const { request } = context.walk.capture;
	const line = `${request.method} ${request.path}${request.query === '' ? '' : `?${request.query}`}${request.httpVersion === undefined ? '' : ` HTTP/${request.httpVersion.replace(/^HTTP\//, '')}`}`;
	const element = h(
		'div',
		'tab-body',
		h('p', 'message-line mono', clipped(line, 4000)),
		request.queryParams.length > 0 ? section('Query', headerTable('Query', request.queryParams)) : undefined,
		request.form && request.form.length > 0
			? section(
					'Form',
					pairs(
						'Form',
						request.form.map(
							(field) =>
								[
									field.name,
									[
										h('span', 'mono', clipped(field.value)),
										field.redacted ? tag('secret') : undefined,
										field.truncated ? tag('cut') : undefined,
									],
								] as const,
						),
					),
				)
			: undefined,
		request.files && request.files.length > 0
			? section(counted(request.files.length, 'file'), h('ul', 'files plain', request.files.map(fileView)))
			: undefined,
		section('Headers', headerTable('Request headers', request.headers)),
		body(context),
	);
	return { element };
}

const tag = (text: string) => h('span', 'tag', text);

function body(context: Context): Child {
	const { request } = context.walk.capture;
	const size = request.size ?? request.body?.size;
	if (request.body) {
		const title = size === undefined ? 'Body' : `Body, ${sizeLabel(size)}`;
		return section(
			title,
			bodyView(context, { body: request.body, contentType: request.contentType, name: 'The request’s body' }),
		);
	}
	if (size === undefined || size === 0) return undefined;
	const parsed = (request.form?.length ?? 0) + (request.files?.length ?? 0) > 0;
	return section(
		`Body, ${sizeLabel(size)}`,
		note(parsed ? 'Read by Django as the form above.' : 'The application never read it, so it was not recorded.'),
	);
}

export function headerTable(label: string, headers: readonly Header[]): HTMLElement {
	if (headers.length === 0) return note('None.');
	return pairs(
		label,
		headers.map(([name, value]) => [name, h('span', 'mono', clipped(value, 4000))] as const),
	);
}

function fileView(file: UploadedFile): HTMLElement {
	// Only an image's data: a hostile capture may put anything there, and the policy lets nothing else load.
	const thumbnail = file.thumbnail !== undefined && /^data:image\//.test(file.thumbnail) ? file.thumbnail : undefined;
	return h(
		'li',
		'file',
		thumbnail === undefined
			? h('span', 'thumbnail thumbnail-none', fileKind(file.name))
			: h('img', { class: 'thumbnail', attrs: { src: thumbnail, alt: `${file.name}, as uploaded` } }),
		h(
			'div',
			'file-text',
			h('div', 'mono', clipped(file.name, 300)),
			h('div', 'quiet', `${file.field} · ${clipped(file.type, 100)} · ${sizeLabel(file.size)}`),
		),
	);
}

const fileKind = (name: string) => /\.(\w{1,5})$/.exec(name)?.[1]?.toUpperCase() ?? 'FILE';
