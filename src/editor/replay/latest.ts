/** Does one thing at a time; of what is asked for meanwhile only the last is done, as the rest has been overtaken. */
export class Latest {
	private running: Promise<void> | undefined;
	private next: (() => Promise<unknown>) | undefined;

	/** Resolves once nothing is left to do; rejects with the error of the last thing done. */
	run(act: () => Promise<unknown>): Promise<void> {
		this.next = act;
		this.running ??= this.drain();
		return this.running;
	}

	private async drain(): Promise<void> {
		let failure: unknown;
		for (let act = this.next; act; act = this.next) {
			this.next = undefined;
			failure = undefined;
			await act().catch((error: unknown) => {
				failure = error;
			});
		}
		this.running = undefined;
		if (failure !== undefined) throw failure;
	}
}
