/** Stepping: buttons, the slider, the play speed. */
import { h } from '../dom';
import { icon } from '../icons';
import { type Landmark, speeds } from '../walk';
import { tool } from './tool';
import type { Context, View } from './view';

export function toolbarView({ walk }: Context): View {
	const first = tool('first', 'First step', () => walk.go(0), 'Home');
	const back = tool('back', 'Step back', () => walk.go(walk.step - 1), 'ArrowLeft');
	const forward = tool('forward', 'Step forward', () => walk.go(walk.step + 1), 'ArrowRight');
	const last = tool('last', 'Last step', () => walk.go(walk.last), 'End');
	const play = tool('play', 'Play', () => walk.togglePlay(), 'Space');
	const landmarks: readonly [Landmark, HTMLButtonElement][] = [
		['change', tool('change', 'Next change', () => walk.goTo('change', 1), 'c')],
		['exception', tool('exception', 'Next exception', () => walk.goTo('exception', 1), 'e')],
		['query', tool('query', 'Next query', () => walk.goTo('query', 1), 'q')],
	];
	const follow = tool('follow', 'Follow in the editor', () => walk.setFollow(!walk.follow), 'f');
	const speed = h(
		'select',
		{
			class: 'speed',
			title: 'Speed of playing',
			aria: { label: 'Speed' },
			on: { change: () => walk.setSpeed(Number(speed.value)) },
		},
		speeds.map((value) => h('option', { attrs: { value: String(value) } }, `${value}×`)),
	);
	const slider = h('input', {
		class: 'slider',
		attrs: { type: 'range', min: 0, max: walk.last, step: 1 },
		aria: { label: 'Step' },
		on: { input: () => walk.go(Number(slider.value)) },
	});
	const place = h('span', 'place');
	const label = h('span', 'place-label');

	const show = () => {
		const step = walk.current;
		slider.value = String(walk.step);
		slider.setAttribute('aria-valuetext', `${walk.step + 1} of ${walk.last + 1}: ${step?.label ?? ''}`);
		slider.style.setProperty('--at', String(walk.last === 0 ? 1 : walk.step / walk.last));
		place.textContent = `${walk.step + 1} / ${walk.last + 1}`;
		label.textContent = `${step?.label ?? ''}${step?.kind === 'enter' ? ' (begins)' : ''}`;
		for (const before of [first, back]) before.disabled = walk.step === 0;
		for (const after of [forward, last]) after.disabled = walk.step === walk.last;
		for (const [what, element] of landmarks) element.disabled = walk.landmark(what, 1) === undefined;
	};
	const playing = () => {
		play.replaceChildren(icon(walk.playing ? 'pause' : 'play'));
		play.setAttribute('aria-label', walk.playing ? 'Pause' : 'Play');
		play.title = walk.playing ? 'Pause (Space)' : 'Play (Space)';
		speed.value = String(walk.speed);
		follow.setAttribute('aria-pressed', String(walk.follow));
	};
	walk.onChange((what) => (what === 'playing' || what === 'follow') && playing());
	show();
	playing();
	const element = h(
		'div',
		'toolbar',
		h(
			'div',
			{ class: 'tools', role: 'toolbar', aria: { label: 'Walk through the cycle' } },
			h('div', 'tool-group', first, back, play, forward, last),
			h(
				'div',
				'tool-group',
				landmarks.map(([, element]) => element),
			),
			h('div', 'tool-group', speed, follow),
		),
		h('div', 'track', place, slider, label),
	);
	return { element, step: show };
}
