import { expect, it } from 'vitest';
import { isEmail } from '../../src/parse/email.ts';

const PARTS = ['', 'a', '@', '\n', 'b c', '\u2028'];

it('takes and refuses the same as .+@.+ in one line', () => {
  for (const one of PARTS)
    for (const two of PARTS)
      for (const three of PARTS)
        for (const four of PARTS) {
          const text = one + two + three + four;
          expect([text, isEmail(text)]).toEqual([text, /^.+@.+$/.test(text)]);
        }
});
