/** What the panel's host does with a capture, for tests of the page alone. */
import { type ReadResult, readCapture } from '../../src/capture/read';
import { compare } from '../../src/replay/compare';
import { tell } from '../../src/replay/story';
import type { Capture } from '../../src/shared/capture';
import type { ToPage } from '../../src/shared/protocol/panel';

export { panelHtml } from '../../src/shared/panelHtml';

export function openMessage(capture: Capture): ToPage {
	return { type: 'open', capture, story: tell(capture), sources: {} };
}

export function compareMessage(left: Capture, right: Capture): ToPage {
	return { type: 'compare', left, right, comparison: compare(left, right), stories: { left: tell(left), right: tell(right) } };
}

export function read(path: string): Promise<ReadResult> {
	return readCapture(path);
}
