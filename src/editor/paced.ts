import type { Disposable } from 'vscode';

/** Something that is done at most every so often: once, at the end of the pause in which it was asked for. */
export class Paced implements Disposable {
	private timer: NodeJS.Timeout | undefined;

	/** `pause`: in milliseconds. */
	constructor(
		private readonly act: () => void,
		private readonly pause: number,
	) {}

	ask(): void {
		this.timer ??= setTimeout(() => {
			this.timer = undefined;
			this.act();
		}, this.pause);
	}

	dispose(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
	}
}

/** How often a tree is refreshed: VS Code's own refreshes starve above about four a second. Milliseconds. */
export const treePace = 250;
