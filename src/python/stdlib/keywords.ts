import { PyDict, type Value } from '../values';

/** `**kwargs` as a native gets them, in the form that `py.call` takes. */
export function keywordMap(kwargs: Value): Map<string, Value> {
	const map = new Map<string, Value>();
	if (kwargs instanceof PyDict) for (const { key, value } of kwargs.entries()) map.set(String(key), value);
	return map;
}

export function keywordDict(keywords: ReadonlyMap<string, Value>): PyDict {
	const dict = new PyDict();
	for (const [key, value] of keywords) dict.setStr(key, value);
	return dict;
}
