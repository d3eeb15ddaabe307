import { nativeModule } from '../runtime/native';
import { jsonWriters } from './json-encoder';
import { jsonReader } from './json-scanner';

/** `_json`: the compiled half of `json`, whose Python is read on top of it. */
export const privateJson = nativeModule('_json', [jsonReader, ...jsonWriters], { complete: true });
