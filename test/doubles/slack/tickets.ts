import { randomBytes } from 'node:crypto';
import { Refusal } from './refusal.ts';

const TRIGGER_LIFE = 3_000;

/** Who did something that lets a modal be opened, and in which channel. */
export interface Trigger {
  readonly user: string;
  readonly channel?: string;
}

/** Trigger ids: good for one modal, for three seconds. */
export function createTriggers(now: () => number, life = TRIGGER_LIFE) {
  const issued = new Map<string, Trigger & { readonly at: number; used: boolean }>();
  return {
    issue(trigger: Trigger): string {
      const id = `13.${randomBytes(8).toString('hex')}`;
      issued.set(id, { ...trigger, at: now(), used: false });
      return id;
    },
    last: () => [...issued.keys()].at(-1) ?? '',
    /** Gives back whose it is, and where they were. */
    redeem(id: string): Trigger {
      const trigger = issued.get(id);
      if (!trigger) throw new Refusal('invalid_trigger_id');
      if (trigger.used) throw new Refusal('exchanged_trigger_id');
      if (now() - trigger.at > life) throw new Refusal('expired_trigger_id');
      trigger.used = true;
      return trigger;
    },
  };
}

const RESPONSE_LIFE = 30 * 60_000;
const RESPONSE_USES = 5;

/** Where an answer sent to a response URL belongs. */
export interface ResponseTarget {
  readonly channel: string;
  readonly user: string;
  /** The message that was clicked; a command has none, so there is nothing an answer to it could replace. */
  readonly message?: string;
}

/** Response URLs: five uses within thirty minutes. */
export function createResponseUrls(now: () => number) {
  const issued = new Map<string, { readonly target: ResponseTarget; readonly at: number; uses: number }>();
  return {
    issue(target: ResponseTarget): string {
      const id = randomBytes(12).toString('hex');
      issued.set(id, { target, at: now(), uses: 0 });
      return id;
    },
    redeem(id: string): ResponseTarget {
      const url = issued.get(id);
      if (!url || now() - url.at > RESPONSE_LIFE) throw new Refusal('expired_url');
      if (++url.uses > RESPONSE_USES) throw new Refusal('used_url');
      return url.target;
    },
  };
}
