import './callables';
import './generator';
import './object';
import './type';

/** The object model: what every object, class, function, module and exception has. */
export { modelFunctions } from './functions';
