#!/usr/bin/env -S node --max-semi-space-size=2
// Plain JavaScript, and small: what is compiled and stripped of its types once is kept for the next start, but only from
// here on. A small young generation keeps pauses and memory low.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
