import type { CommandId } from '../../ids';
import type { Place, RouteInfo } from '../../shared/model';

/** One row of the Cycle view, as plain data. */
export interface CycleNode {
	/** Stable between two models where the row means the same, so that edits don't collapse the tree. */
	readonly id: string;
	readonly label: string;
	readonly description?: string;
	/** Markdown. */
	readonly tooltip?: string;
	/** A ThemeIcon's id and the colour it takes. */
	readonly icon?: string;
	readonly color?: string;
	/** Where a click leads. */
	readonly place?: Place;
	/** Where the inline action leads: the `path()` call, the line in `MIDDLEWARE`. */
	readonly site?: Place;
	/** The router's `register()` call that made the route. */
	readonly registered?: Place;
	readonly route?: RouteInfo;
	/** The environment variable that it is about. */
	readonly variable?: string;
	/** Root of the project the row belongs to. */
	readonly root: string;
	/** A settings module to choose by a click. */
	readonly choose?: string;
	/** What a click does, for a row that offers a way out. */
	readonly act?: CommandId;
	readonly expanded?: boolean;
	readonly children: readonly CycleNode[];
}
