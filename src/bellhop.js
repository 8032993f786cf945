#!/usr/bin/env -S node --max-semi-space-size=8
// Plain JavaScript, and small: what is compiled and stripped of its types once is kept for the next start, but only from
// here on. A young generation of this size keeps pauses and memory low without costing throughput.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
