#!/usr/bin/env -S node --max-semi-space-size=8 --v8-pool-size=1 --expose-gc
// Plain JavaScript, and small: what is compiled and stripped of its types once is kept for the next start, but only from
// here on. A young generation of this size keeps pauses and memory low without costing throughput, one helper of V8 is as good as
// four for it, and with the collector at hand what only starting needed is given back.
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

// The old generation may grow to three times what lives in it, else a rush of deliveries would have it collected every second.
// Said here, because Node refuses to start with a flag that some later V8 does not know.
setFlagsFromString('--heap-growing-percent=200');
enableCompileCache();
await import('./main.ts');
