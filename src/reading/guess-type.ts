import type { Reader } from '../core/delivery/readers.ts';
import { readPayload } from './read-payload.ts';

/** Reads the event type where payloads usually have it. */
export const guessType: Reader = ({ payload }) => readPayload(payload).type;
