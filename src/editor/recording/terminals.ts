import { commands, type Terminal, window } from 'vscode';

/** Terminals that were opened before recording was turned on lack its variables until they are relaunched. */
export class StaleTerminals {
	private stale = new Set<Terminal>();

	/** Recording is on from now: what is open has to be relaunched. */
	mark(): void {
		this.stale = new Set(window.terminals);
	}

	get list(): readonly Terminal[] {
		return [...this.stale].filter((terminal) => window.terminals.includes(terminal) && terminal.exitStatus === undefined);
	}

	/** Says so where there are such terminals, with the way to relaunch them. */
	async hint(): Promise<void> {
		const { list } = this;
		if (list.length === 0) return;
		const relaunch = 'Relaunch…';
		const message =
			list.length === 1
				? `The terminal "${list[0]?.name}" was open before recording was turned on: it has to be relaunched to be recorded.`
				: `${list.length} terminals were open before recording was turned on: they have to be relaunched to be recorded.`;
		if ((await window.showInformationMessage(message, relaunch)) === relaunch) await this.relaunch();
	}

	/** Asks which ones, as what runs in them ends. */
	async relaunch(): Promise<void> {
		const { list } = this;
		if (list.length === 0) {
			void window.showInformationMessage('Every open terminal was started with recording on.');
			return;
		}
		const items = list.map((terminal) => ({ label: terminal.name, description: 'what runs in it ends', picked: true, terminal }));
		const chosen = await window.showQuickPick(items, { canPickMany: true, placeHolder: 'Terminals to relaunch' });
		for (const { terminal } of chosen ?? []) {
			terminal.show(false);
			await commands.executeCommand('workbench.action.terminal.relaunch');
			this.stale.delete(terminal);
		}
	}
}
