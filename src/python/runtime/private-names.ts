/** `__name` inside a class is private to it (`_Class__name`); so is a slot of that name. */
export function mangled(className: string, name: string): string {
	if (!name.startsWith('__') || name.endsWith('__') || name.includes('.')) return name;
	const prefix = className.replace(/^_+/, '');
	return prefix === '' ? name : `_${prefix}${name}`;
}
