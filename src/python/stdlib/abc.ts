import { native, nativeModule, newType } from '../runtime/native';
import { classmethodType, type PyClass, PyObject, propertyType, staticmethodType } from '../values';
import { abcMeta } from './native-abc';

/** Native: `_abc` is written in C. */

const abc: PyClass = newType('ABC', 'abc', []);
abc.cls = abcMeta;

export const abcModule = nativeModule('abc', [
	['ABC', abc],
	['ABCMeta', abcMeta],
	native(
		'abstractmethod',
		'funcobj',
		(py, [func]) => {
			if (func instanceof PyObject && func.cls !== propertyType && func.cls !== classmethodType && func.cls !== staticmethodType)
				py.setAttr(func, '__isabstractmethod__', true);
			return func;
		},
		{ acceptsUnknown: true },
	),
	['abstractproperty', propertyType],
	['abstractclassmethod', classmethodType],
	['abstractstaticmethod', staticmethodType],
	native('get_cache_token', '', () => 0),
	native('update_abstractmethods', 'cls', (_, [cls]) => cls),
]);
