/** What every view of one capture is given, and what it gives back. */
import type { Location } from '../../shared/capture';
import type { Channel } from '../channel';
import type { Walk } from '../walk';

export interface Context {
	readonly walk: Walk;
	readonly channel: Channel;
	/** Shows a recorded place in the editor. */
	readonly reveal: (location: Location) => void;
	/** The document's nonce, for the styles of the preview's own frame. */
	readonly nonce: string;
}

export interface View {
	readonly element: HTMLElement;
	/** Called when the walk stands elsewhere. */
	readonly step?: () => void;
	/** Called when an event was chosen: shows it in its list. */
	readonly event?: () => void;
	/** Called when the filter changed. */
	readonly filter?: () => void;
}
