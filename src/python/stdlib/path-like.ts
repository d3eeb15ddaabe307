import { abstractClass, hasMethods } from './native-abc';

/** `os.PathLike`: whatever has `__fspath__`. */
export const pathLike = abstractClass('PathLike', 'os', [], undefined, hasMethods('__fspath__'));
