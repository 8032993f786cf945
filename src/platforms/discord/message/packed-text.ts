import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Fourteen bits to a character, all from a part of Unicode that no normal form changes. */
const FIRST = 0x4e00;
const BITS = 14;
/** Longer texts are not packed, and a text that would unpack to more is not one of ours. In bytes of UTF-8. */
export const LONGEST_PACKED = 8_000;

/** What our commands are made of. Buttons stand in chats for years, so this never changes. */
const DICTIONARY = Buffer.from(
  '","submit":"Rotate","submit":"Replay","submit":"New","submit":"Run"}","title":"/webhook {"command":"rotate","title":"Give the secret","ask":["endpoint","provider","secret","grace","name","in","as","filter","template"],"options":{"channel|secret=|page=|event=|name=|state=failed|grace=|confirm=true|until=|because=|subject=pull_request:issue:|actor=[bot]|severity=warning|type=push|for=1h|for=2h|source=https://github.com/unmute|mute|endpoint=',
);

/** A text as few characters as can be, for places that count characters. `unpack` gives back the same. */
export function pack(text: string): string {
  const bytes = deflateRawSync(text, { level: 9, dictionary: DICTIONARY });
  let [packed, held, count] = ['', 0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    count += 8;
    if (count < BITS) continue;
    count -= BITS;
    packed += String.fromCharCode(FIRST + (held >> count));
    held &= (1 << count) - 1;
  }
  return count > 0 ? packed + String.fromCharCode(FIRST + (held << (BITS - count))) : packed;
}

/** The text that was packed; nothing for anything else. */
export function unpack(packed: string): string | undefined {
  const bytes: number[] = [];
  let [held, count] = [0, 0];
  for (let index = 0; index < packed.length; index++) {
    const value = packed.charCodeAt(index) - FIRST;
    if (value < 0 || value >> BITS !== 0) return undefined;
    held = (held << BITS) | value;
    count += BITS;
    while (count >= 8) {
      count -= 8;
      bytes.push(held >> count);
      held &= (1 << count) - 1;
    }
  }
  try {
    return inflateRawSync(Buffer.from(bytes), { dictionary: DICTIONARY, maxOutputLength: LONGEST_PACKED }).toString();
  } catch {
    return undefined;
  }
}
