import fc from 'fast-check';

const HIGHEST = 0x10ffff;
const [FIRST_SURROGATE, LAST_SURROGATE] = [0xd800, 0xdfff];

/** Any character of Unicode: what fast-check's own `binary` is, which lists all million of them in each process. */
export const anyCharacter = fc
  .oneof(fc.integer({ min: 0, max: FIRST_SURROGATE - 1 }), fc.integer({ min: LAST_SURROGATE + 1, max: HIGHEST }))
  .map(
    (code) => String.fromCodePoint(code),
    (character) => {
      const code = typeof character === 'string' ? character.codePointAt(0) : undefined;
      if (code === undefined || character !== String.fromCodePoint(code)) throw new Error('this is no character');
      return code;
    },
  );
