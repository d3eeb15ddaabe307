import { isMainThread } from 'node:worker_threads';
import { EngineClient } from './engineClient';
import { serve } from './serve';
import { hostEngine } from './worker';

// One bundle, two threads: the server answers while the engine, in the other, evaluates.
if (isMainThread) serve(() => new EngineClient(__filename));
else hostEngine();
