import { intercept, method, native, type Summary } from '../../python/runtime/native';
import { PyDict, PyList, type Value } from '../../python/values';

/** django-ninja reads a view's signature into pydantic models, which are compiled; routes don't depend on it. */
export const ninjaSummaries: readonly Summary[] = [
	intercept('ninja.signature.details', 'ViewSignature.__init__', 'Makes pydantic models of the arguments.', () =>
		method(
			'__init__',
			'self, path, view_func',
			(py, [self, path, view]) => {
				const attributes: readonly (readonly [string, Value])[] = [
					['path', path],
					['view_func', view],
					['params', new PyList([])],
					['models', new PyList([])],
					['path_params_names', new PyList([])],
					['has_kwargs', false],
					['docstring', ''],
				];
				for (const [name, value] of attributes) py.setAttr(self, name, value);
				return null;
			},
			{ acceptsUnknown: true },
		),
	),
	...['_create_response_model', '_create_response_model_multiple', '_init_response_models'].map((name) =>
		intercept('ninja.operation', `Operation.${name}`, 'Makes pydantic models of the responses.', (_, original) =>
			original === null
				? null
				: method(name, 'self, *args, **kwargs', () => (name.endsWith('multiple') ? new PyDict() : null), {
						acceptsUnknown: true,
					}),
		),
	),
	intercept('ninja.pagination', 'make_response_paginated', 'Makes a pydantic model of the pages.', () =>
		native('make_response_paginated', 'paginator, op', () => null, { acceptsUnknown: true }),
	),
];
