import type { Caller } from '../../../core/command/permission.ts';

/** Who asked, as everybody in a channel may read it: whoever has not said their name on the page is called `you` there. */
export function whoAsked({ userName }: Pick<Caller, 'userName'>): string {
  return userName.toLowerCase() === 'you' ? 'Somebody on the page' : userName;
}
