import { window } from 'vscode';

export interface LiveInput {
	readonly title: string;
	readonly placeholder: string;
	readonly value: string;
	/** Called as the text changes. */
	change(value: string): void;
}

/** An input box whose text takes effect as it is typed; Escape brings back what was there before. */
export function inputWithLiveResults({ title, placeholder, value, change }: LiveInput): Promise<void> {
	const box = window.createInputBox();
	box.title = title;
	box.placeholder = placeholder;
	box.value = value;
	box.prompt = 'The view shows the results as you type. Enter keeps the filter, Escape brings the former one back.';
	let kept = false;
	return new Promise((done) => {
		box.onDidChangeValue(change);
		box.onDidAccept(() => {
			kept = true;
			box.hide();
		});
		box.onDidHide(() => {
			if (!kept) change(value);
			box.dispose();
			done();
		});
		box.show();
	});
}
