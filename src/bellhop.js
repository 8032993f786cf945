#!/usr/bin/env -S node --max-semi-space-size=8 --heap-growing-percent=200 --v8-pool-size=1 --expose-gc
// Plain JavaScript, and small: what is compiled and stripped of its types once is kept for the next start, but only from
// here on. A young generation of this size keeps pauses and memory low without costing throughput; the old one may grow to three
// times what lives in it, else a rush of deliveries would have it collected every second; one helper of V8 is as good as four for
// it; and with the collector at hand what only starting needed is given back.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
