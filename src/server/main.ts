import { join } from 'node:path';
import { EngineClient } from './engineClient';
import { serve } from './serve';

// Two bundles, two threads: the server answers while the engine, in the other, evaluates. Both are loaded at the same time.
serve(() => new EngineClient(join(__dirname, 'engine.js')));
