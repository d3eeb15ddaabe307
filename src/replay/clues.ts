/** What a capture tells of its places beyond file and line, by which each can be found again in a file that has changed. */
import type { Capture, ExceptionInfo, Location } from '../shared/capture';
import type { Clues } from './anchor';

/** Clues by place, for any location of the capture or a copy of one. */
export function cluesOf(capture: Capture): (location: Location) => Clues {
	const clues = new Map<string, Clues>();
	const definition = (location: Location | undefined) => {
		if (location?.symbol !== undefined) clues.set(key(location), { ...clues.get(key(location)), definition: true });
	};
	const exception = (info: ExceptionInfo | undefined) => {
		for (const { location, source } of info?.frames ?? []) {
			if (source !== undefined) clues.set(key(location), { ...clues.get(key(location)), source });
		}
		if (info?.cause) exception(info.cause);
	};
	for (const step of capture.process.startup) definition(step.location);
	for (const { kind, location, detail, events } of capture.stages) {
		if (kind !== 'resolve' && kind !== 'template') definition(location);
		definition(detail.actionLocation);
		definition(detail.matched?.viewLocation);
		for (const wrapper of detail.wrappers ?? []) definition(wrapper.location);
		for (const event of events) for (const receiver of event.detail.receivers ?? []) definition(receiver.location);
		exception(detail.exception);
	}
	exception(capture.response?.streaming?.exception);
	for (const frame of capture.frames ?? []) definition(frame.location);
	return (location) => clues.get(key(location)) ?? {};
}

const key = ({ file, line, symbol }: Location) => `${file}\0${line}\0${symbol ?? ''}`;
