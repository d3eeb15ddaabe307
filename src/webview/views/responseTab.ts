/** The response as it went. */
import { counted, durationLabel, sizeLabel } from '../../shared/labels';
import { type Child, h } from '../dom';
import { bodyView } from './body';
import { note, section, statusClass } from './parts';
import { headerTable } from './requestTab';
import { exceptionView } from './stageTab';
import type { Context, View } from './view';

export function responseTab(context: Context): View {
	const { response } = context.walk.capture;
	if (!response) return { element: h('div', 'tab-body', h('p', 'callout callout-raised', context.walk.story.verdict.text)) };
	const size = response.size ?? response.body?.size;
	const title = size === undefined ? 'Body' : `Body, ${sizeLabel(size)}`;
	const element = h(
		'div',
		'tab-body',
		h(
			'p',
			'message-line',
			h('span', statusClass(response.status), `${response.status} ${response.reason}`),
			response.contentType === undefined ? undefined : h('span', 'quiet', ` ${response.contentType}`),
		),
		section(
			title,
			response.body
				? bodyView(context, {
						body: response.body,
						contentType: response.contentType,
						name: response.filename ?? 'The response’s body',
					})
				: note(response.filename === undefined ? 'No body was recorded.' : `The file ${response.filename}, sent as it is.`),
		),
		streaming(context),
		section('Headers', headerTable('Response headers', response.headers)),
	);
	return { element };
}

function streaming(context: Context): Child {
	const stream = context.walk.capture.response?.streaming;
	if (!stream) return undefined;
	const shown = stream.chunks.slice(0, 200);
	const end = stream.exception ? ', broken off by an exception' : stream.closedEarly ? ', closed early by the client' : '';
	return section(
		`Streamed in ${counted(stream.chunkCount, 'chunk')}${end}`,
		stream.exception ? exceptionView(context, stream.exception) : undefined,
		h(
			'ol',
			'chunks plain',
			shown.map(({ atNs, size }) => h('li', '', h('span', 'mono', durationLabel(atNs)), ` ${sizeLabel(size)}`)),
		),
	);
}
