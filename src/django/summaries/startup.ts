import { intercept, native, type Summary } from '../../python/runtime/native';
import { PyList } from '../../python/values';

/** Parts of Django's start that act on the process and tell nothing of requests. */
export const startupSummaries: readonly Summary[] = [
	intercept('django.utils.log', 'configure_logging', 'Opens log files; says nothing of a request.', () =>
		native('configure_logging', '*args, **kwargs', () => null, { acceptsUnknown: true }),
	),
	intercept('django.utils.autoreload', 'run_with_reloader', 'Starts processes.', () =>
		native('run_with_reloader', '*args, **kwargs', () => null, { acceptsUnknown: true }),
	),
	intercept(
		'mimetypes',
		'knownfiles',
		"Tables of the machine: no file of its is read beside the environment's.",
		() => new PyList([]),
	),
	intercept('django.core.files.locks', 'sizeof', 'On Windows: how wide a handle is. Says nothing of a request.', () =>
		native('sizeof', 'type', () => 8, { acceptsUnknown: true }),
	),
];
