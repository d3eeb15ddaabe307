/** The walk by keyboard, wherever the focus is but in a field. */
import type { Walk } from './walk';

/** The keys of the page; `reveal` shows the step they have led to. */
export function keyboard(walk: () => Walk | undefined, reveal: () => void): void {
	window.addEventListener('keydown', (event) => {
		const current = walk();
		if (!current || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inField(event)) return;
		if (!act(current, event, reveal)) return;
		event.preventDefault();
	});
}

/** True when the key was one of the walk's. */
function act(walk: Walk, event: KeyboardEvent, reveal: () => void): boolean {
	const inList = event.target instanceof Element && event.target.closest('[role="listbox"]') !== null;
	const back = event.shiftKey ? -1 : 1;
	switch (event.key) {
		case 'ArrowRight':
		case 'j':
			walk.go(walk.step + 1);
			return true;
		case 'ArrowLeft':
		case 'k':
			walk.go(walk.step - 1);
			return true;
		case 'ArrowDown':
			if (inList) walk.go(walk.step + 1);
			return inList;
		case 'ArrowUp':
			if (inList) walk.go(walk.step - 1);
			return inList;
		case 'Home':
			walk.go(0);
			return true;
		case 'End':
			walk.go(walk.last);
			return true;
		case 'c':
		case 'C':
			walk.goTo('change', back);
			return true;
		case 'e':
		case 'E':
			walk.goTo('exception', back);
			return true;
		case 'q':
		case 'Q':
			walk.goTo('query', back);
			return true;
		case '+':
		case '=':
			walk.zoom(2);
			return true;
		case '-':
			walk.zoom(0.5);
			return true;
		case '0':
			walk.showTimes();
			return true;
		case 'f':
			walk.setFollow(!walk.follow);
			return true;
		case 'Enter':
			if (inButton(event)) return false;
			reveal();
			return true;
		case ' ':
			if (inButton(event)) return false;
			walk.togglePlay();
			return true;
		default:
			return false;
	}
}

const inField = ({ target }: KeyboardEvent) =>
	target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;

const inButton = ({ target }: KeyboardEvent) =>
	target instanceof Element && target.closest('button, summary, a, [role="tab"]') !== null;
