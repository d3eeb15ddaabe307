/** A file's text, and what is asked of it again and again, worked out once. */
import { type Definition, outline } from './outline';

/** A source file of a capture's, by lines and definitions. */
export class SourceText {
	private split: readonly string[] | undefined;
	private found: readonly Definition[] | undefined;
	private places: Map<string, number> | undefined;

	constructor(readonly text: string) {}

	get lines(): readonly string[] {
		this.split ??= this.text.split(/\r\n|\r|\n/);
		return this.split;
	}

	get definitions(): readonly Definition[] {
		this.found ??= outline(this.text);
		return this.found;
	}

	/** Index of the one line of that text; -1 where there is none, or several. */
	onlyIndex(line: string): number {
		if (!this.places) {
			this.places = new Map();
			for (const [at, text] of this.lines.entries()) this.places.set(text, this.places.has(text) ? -1 : at);
		}
		return this.places.get(line) ?? -1;
	}
}
