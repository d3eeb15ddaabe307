import type { Module, Stmt } from '../../syntax/ast';
import type { Context } from '../compile/context';
import type { Frame } from '../frames';
import type { Machine } from '../machine';
import type { Rebindings } from './rebindings';

/** The statements of one module, while its body runs; some of them wait, and run later as if they ran in their place. */
export abstract class WaitingStatements {
	/** Somebody is ready for what the module raises. */
	protected readonly guarded: boolean;

	constructor(
		protected readonly py: Machine,
		protected readonly tree: Module,
		protected readonly frame: Frame,
		protected readonly context: Context,
		protected readonly rebindings: Rebindings,
	) {
		this.guarded = py.guards.length > 0 || py.imports.expectsFailure;
	}

	/** What `body` meets is met by this statement, and caught by nobody but those who stand around it. */
	protected inItsPlace<T>(node: Stmt, guarded: boolean, body: () => T): T {
		const { py, frame } = this;
		const { guards, running } = py;
		const { source } = frame.module;
		py.guards = guarded ? ['any'] : [];
		py.running = source && { source, start: node.start };
		try {
			return body();
		} finally {
			py.guards = guards;
			py.running = running;
		}
	}
}
