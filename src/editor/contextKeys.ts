import { commands } from 'vscode';
import { ContextKey, type ContextKeyName } from '../ids';

type Values = {
	[ContextKey.projects]: 'loading' | 'none' | 'some';
	[ContextKey.severalSettings]: boolean;
	[ContextKey.routeFilter]: boolean;
	[ContextKey.requestFilter]: boolean;
	[ContextKey.recording]: 'off' | 'on' | 'paused';
	[ContextKey.pinned]: boolean;
	[ContextKey.hasCaptures]: boolean;
};

/** Sets what `when` clauses ask for. */
export function setContext<K extends ContextKeyName>(key: K, value: Values[K]): void {
	void commands.executeCommand('setContext', key, value);
}
