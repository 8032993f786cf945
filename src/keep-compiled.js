// Has what is compiled and stripped of its types once be kept, for the next start. Imported before anything else by whatever
// compiles or starts Bellhop: Node keeps apart what was compiled with other flags of V8.

import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

// The old generation may grow to three times what lives in it, else a rush of deliveries would have it collected every second.
// Said here, because Node refuses to start with a flag that some later V8 does not know.
setFlagsFromString('--heap-growing-percent=200');
enableCompileCache();
