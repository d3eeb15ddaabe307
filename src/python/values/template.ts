import { interpolationType, templateType } from './core-types';
import { PyObject, type Value } from './value';

/** One field of a t-string. */
export class PyInterpolation extends PyObject {
	constructor(
		readonly value: Value,
		/** The expression as it is written. */
		readonly expression: Value,
		/** `s`, `r`, `a` or None. */
		readonly conversion: Value,
		readonly formatSpec: Value,
	) {
		super(interpolationType);
	}
}

/** What a t-string makes: one text more than fields, by turns. */
export class PyTemplate extends PyObject {
	private constructor(
		readonly strings: readonly string[],
		readonly interpolations: readonly PyInterpolation[],
	) {
		super(templateType);
	}
	/** Texts that stand side by side become one. */
	static of(parts: Iterable<string | PyInterpolation>): PyTemplate {
		const strings = [''];
		const interpolations: PyInterpolation[] = [];
		for (const part of parts) {
			if (typeof part === 'string') strings[strings.length - 1] += part;
			else {
				interpolations.push(part);
				strings.push('');
			}
		}
		return new PyTemplate(strings, interpolations);
	}
	/** Texts that are empty are left out. */
	parts(): (string | PyInterpolation)[] {
		return this.strings
			.flatMap((text, at) => [text, this.interpolations[at]])
			.filter((part): part is string | PyInterpolation => part !== undefined && part !== '');
	}
}
