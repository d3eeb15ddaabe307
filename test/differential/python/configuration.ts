/** Makes programs from a seed out of what configuration code does: classes that register others, settings helpers, the standard library's everyday parts. */

import type { Random } from '../../fuzz/random';
import { classes } from './configuration/classes';
import { flows } from './configuration/flows';
import { library } from './configuration/library';
import { Choices } from './configuration/pieces';

/** A module's text; what each piece comes to is bound to a name, or the exception instead. */
export function generateConfiguration(random: Random): string {
	const choices = new Choices(random);
	const lines: string[] = [];
	for (let index = 0, count = 3 + random.below(5); index < count; index++) {
		const { lines: before = '', result } = random.pick(random.pick([classes, flows, library, library]))(choices);
		lines.push('try:');
		for (const line of before.split('\n')) if (line.trim() !== '') lines.push(`    ${line}`);
		lines.push(`    v${index} = ${result}`, 'except Exception as _e:', `    v${index} = ('raised', type(_e).__name__, str(_e))`);
	}
	return `${lines.join('\n')}\n`;
}
