// Keeps modules compiled, and stripped of their types, for the next start. Whatever compiles or starts Bellhop imports this
// first: Node does not find what was compiled with other flags of V8.

import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

// The old generation may grow to three times what lives in it, else a rush of deliveries would have it collected every second.
// Said here, because Node refuses to start with a flag that some later V8 does not know.
setFlagsFromString('--heap-growing-percent=200');
enableCompileCache();
