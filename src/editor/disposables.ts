import type { Disposable } from 'vscode';

/** Everything that ends with the extension. What arrives after the end is disposed at once. */
export class DisposableStore implements Disposable {
	private readonly items = new Set<Disposable>();
	private disposed = false;

	add<T extends Disposable>(item: T): T {
		if (this.disposed) item.dispose();
		else this.items.add(item);
		return item;
	}

	/** Takes one out and disposes it. */
	end(item: Disposable | undefined): void {
		if (item && this.items.delete(item)) item.dispose();
	}

	dispose(): void {
		this.disposed = true;
		for (const item of [...this.items].reverse()) item.dispose();
		this.items.clear();
	}
}
