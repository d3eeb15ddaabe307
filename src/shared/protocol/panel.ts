/**
 * The whole contract between the replay panel's page (webview) and its host (editor): two unions, one per direction.
 * Plain JSON only.
 */
import type { Capture, Location } from '../capture';
import type { Comparison, Story } from '../story';

/** host → page */
export type ToPage =
	/** `story` is `tell(capture)` of `replay/`: the page sees `shared` alone. */
	| {
			readonly type: 'open';
			readonly capture: Capture;
			readonly story: Story;
			readonly state?: PanelState;
			readonly sources: SourceState;
			/** This capture is the pinned one. */
			readonly pinned?: boolean;
	  }
	/** The capture shown was pinned or unpinned elsewhere. */
	| { readonly type: 'pinned'; readonly pinned: boolean }
	/** The pinned walk moved elsewhere (a command, the debugger): follow it. */
	| { readonly type: 'go'; readonly step: number }
	/** Two captures side by side. */
	| {
			readonly type: 'compare';
			readonly left: Capture;
			readonly right: Capture;
			readonly comparison: Comparison;
			readonly stories: { readonly left: Story; readonly right: Story };
	  }
	/** The capture can't be shown: said in the panel itself. */
	| { readonly type: 'failed'; readonly message: string; readonly detail?: string }
	| { readonly type: 'reply'; readonly id: number; readonly result?: PageReply; readonly error?: string };

/** page → host */
export type ToHost =
	| { readonly type: 'ready' }
	| { readonly type: 'state'; readonly state: PanelState }
	/** The walk stands at this step now (`stage` absent at the first and last): the host moves decorations and, when `reveal`, the editor. */
	| { readonly type: 'step'; readonly step: number; readonly stage?: number; readonly reveal: boolean }
	| { readonly type: 'reveal'; readonly location: Location; readonly preserveFocus?: boolean }
	| { readonly type: 'command'; readonly command: PanelCommand }
	| { readonly type: 'request'; readonly id: number; readonly request: PageRequest };

export type PanelCommand =
	| 'pin'
	| 'unpin'
	| 'copyAsCurl'
	| 'exportHar'
	| 'exportCapture'
	| 'saveAsTest'
	| 'rerun'
	| 'debug'
	| 'compare'
	| 'openBody';

export type PageRequest =
	/** The database's own EXPLAIN for one recorded query; only when the user asks. */
	| { readonly kind: 'explain'; readonly stage: number; readonly event: number }
	/** The project's own stylesheet for the HTML preview, where it can be found. */
	| { readonly kind: 'stylesheet'; readonly href: string };

export type PageReply = { readonly kind: 'text'; readonly text: string };

/** Kept by the page through `setState` and by the host across reloads. */
export interface PanelState {
	readonly captureId: string;
	readonly step: number;
	/** The capture beside it, in a comparison. */
	readonly beside?: string;
	readonly tab?: string;
	readonly filter?: string;
	readonly speed?: number;
	/** Each step shows its line in the editor. */
	readonly follow?: boolean;
	/** What the timeline was zoomed into: from and to, in nanoseconds of the request. */
	readonly window?: readonly [number, number];
	/** How far the open tab was scrolled, in pixels. */
	readonly scroll?: number;
}

/** Which recorded files still are what they were: by file, `same`, `changed` (SHA-1 differs) or `missing`. */
export type SourceState = Readonly<Record<string, 'same' | 'changed' | 'missing'>>;
