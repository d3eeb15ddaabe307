/** The hashes that a capture has of the files it names. */
import type { Capture, ExceptionInfo, Location } from '../shared/capture';

/** SHA-1 by recorded path, of every file that the capture names; undefined for those without, which are libraries'. */
export function hashesOf(capture: Capture): ReadonlyMap<string, string | undefined> {
	const out = new Map<string, string | undefined>(Object.entries(capture.sources ?? {}));
	const add = (location: Location | undefined): void => {
		if (location) out.set(location.file, out.get(location.file) ?? location.sha1);
	};
	const addException = (exception: ExceptionInfo | undefined): void => {
		for (const frame of exception?.frames ?? []) add(frame.location);
		add(exception?.templateLocation);
		if (exception?.cause) addException(exception.cause);
	};
	for (const step of capture.process.startup) add(step.location);
	for (const { location, detail, events } of capture.stages) {
		add(location);
		add(detail.answeredAt);
		add(detail.actionLocation);
		for (const tried of detail.tried ?? []) add(tried.location);
		for (const wrapper of detail.wrappers ?? []) add(wrapper.location);
		for (const event of events) add(event.location);
		addException(detail.exception);
	}
	addException(capture.response?.streaming?.exception);
	for (const event of capture.events ?? []) add(event.location);
	for (const frame of capture.frames ?? []) add(frame.location);
	return out;
}
