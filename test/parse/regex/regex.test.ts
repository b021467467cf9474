import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, createBudget } from '../../../src/parse/regex/regex.ts';
import { runs } from '../../support/runs.ts';

const test = (source: string, text: string, options = ''): boolean => compilePattern(source, options).test(text);

const cases = (title: string, rows: readonly (readonly [string, string, boolean, string?])[]): void => {
  describe(title, () => {
    it.each(rows.map(([source, text, expected, options = '']) => [source, options, text, expected] as const))(
      '/%s/%s on %j: %s',
      (source, options, text, expected) => {
        expect(test(source, text, options)).toBe(expected);
      },
    );
  });
};

cases('text and classes', [
  ['', 'anything', true],
  ['b', 'abc', true],
  ['d', 'abc', false],
  ['^b', 'abc', false],
  ['a.c', 'a\nc', false],
  ['^a{2}$', 'aa', true],
  ['^a{2}$', 'aaa', false],
  ['a{,2}', 'a{,2}', true],
  ['^a{1,}$', 'aaaa', true],
  ['[a-c]+$', 'xxabc', true],
  ['[^a-c]', 'abc', false],
  ['[]a]', ']', true],
  ['[^]a]', ']', false],
  ['^[a-]+$', 'a-', true],
  ['^[\\w-]+$', 'a-b', true],
  ['^[\\d\\]]+$', '1]', true],
  ['^[[:alpha:]_]+$', 'ab_', true],
  ['^[[:^digit:]]$', '5', false],
  ['^\\d\\D\\w\\W\\s\\S$', '1aa- x', true],
  ['^\\w$', 'é', false],
  ['^\\p{L}\\p{Lu}\\P{L}\\pL$', 'éÉ1a', true],
  ['^\\p{Greek}$', 'α', true],
  ['^\\p{^L}$', 'a', false],
  ['^\\x41\\x{1F600}\\u0042\\u{43}\\o{104}\\0105\\t\\cA$', 'A😀BCDE\t\u0001', false],
  ['^\\x41\\x{1F600}\\u0042\\u{43}\\o{104}\\t\\cA$', 'A😀BCD\t\u0001', true],
  ['^[\\101\\b]+$', 'A\b', true],
  ['^.$', '😀', true],
  ['^[😀-😂]$', '😁', true],
  ['^\\N\\h\\R\\v$', 'a \r\n\n', true],
  ['\\.\\/\\-', './-', true],
]);

cases('groups and choices', [
  ['^(ab|c)+$', 'abcab', true],
  ['^(?:a|b|)$', '', true],
  ['^(a)(?:b)(?<n>c)\\1\\k<n>\\g{2}$', 'abcacc', true],
  ["^(?'n'a)(?P<m>b)(?P=n)\\k{m}\\g1$", 'abaaba', false],
  ["^(?'n'a)(?P<m>b)(?P=n)\\k{m}\\g1$", 'abaab', false],
  ["^(?'n'a)(?P<m>b)(?P=n)\\k{m}\\g1$", 'ababa', true],
  ['^(\\w+) \\1$', 'abc abc', true],
  ['^(\\w+) \\1$', 'abc abd', false],
  ['^(a)?\\1$', '', false],
  ['^(A)\\1$', 'Aa', true, 'i'],
  ['^(?:(a)|b)*\\1$', 'aba', true],
  ['^(a*)*\\1$', 'aaaa', true],
  ['^(?=(a+))a*b\\1$', 'aabaa', true],
  ['^(?:(?=(a))x|ab)\\1?$', 'ab', true],
  ['^(?>a+)b', 'aaab', true],
  ['^(?>a+)ab', 'aaab', false],
  ['^a++a', 'aaa', false],
  ['^a*?b', 'aab', true],
  ['^(?:a?){3}$', 'aa', true],
  ['a(?#comment)b', 'ab', true],
]);

cases('looking around and places', [
  ['^(?=.*\\d)(?=.*[a-z]).{8,}$', 'abcdefg1', true],
  ['^(?=.*\\d)(?=.*[a-z]).{8,}$', 'abcdefgh', false],
  ['a(?!b)', 'ab', false],
  ['(?<=a)b', 'ab', true],
  ['(?<=a)b', 'cb', false],
  ['(?<!a)b', 'ab', false],
  ['(?<!a|bc)d', 'bcd', false],
  ['(?=.*a)(?=.*b)b', 'xxba', true],
  ['\\bfoo\\b', 'a foo!', true],
  ['\\bfoo\\b', 'afoo', false],
  ['\\Boo\\B', 'foot', true],
  ['a$', 'a\n', true],
  ['a\\z', 'a\n', false],
  ['\\Aa\\Z', 'a\n', true],
  ['^b$', 'a\nb\nc', false],
  ['^b$', 'a\nb\nc', true, 'm'],
  ['\\Ab', 'a\nb', false, 'm'],
  ['\\z', 'abc', true],
]);

cases('options', [
  ['ABC', 'abc', true, 'i'],
  ['[A-C]+$', 'abc', true, 'i'],
  ['[^A]', 'a', false, 'i'],
  ['straße', 'STRAßE', true, 'i'],
  ['(?i)ABC', 'abc', true],
  ['a(?i)B', 'Ab', false],
  ['(?:(?i)A)b', 'ab', true],
  ['(?:(?i)A)b', 'aB', false],
  ['(?i:A)b', 'aB', false],
  ['(?i)a(?-i)B', 'Ab', false],
  ['(?i)x|A', 'a', true],
  ['a.c', 'a\nc', true, 's'],
  ['b o b # a name', 'bob', true, 'x'],
  ['b \\ o [ ] b', 'b o b', true, 'x'],
  ['a +b', 'aab', true, 'x'],
  ['(?x) a b', 'ab', true],
  ['a', 'a', true, 'imsxugy'],
]);

cases('\\Q and \\E', [
  ['^\\Qa.\\E', 'a.b', true],
  ['^\\Qa.\\E', 'axb', false],
  ['\\Q(*', 'a(*', true],
  ['^\\Qab\\E+$', 'abbb', true],
  ['^[\\Q]^\\E]+$', ']^', true],
  ['\\\\Qa', '\\Qa', true],
  ['a\\Eb', 'ab', true],
  ['\\Q\\E\\\\E\\Q\\E', '\\E', true],
]);

describe('a pattern that MongoDB refuses', () => {
  it.each([
    '(',
    ')',
    'a)',
    '[a',
    '[z-a]',
    '*',
    'a**',
    '+',
    '?a',
    'a{2,1}',
    'a{99999}',
    '\\',
    '\\y',
    '\\p{Nope}',
    '[[:nope:]]',
    '(?R)',
    '(?1)',
    '(*UTF8)',
    '(?(1)a)',
    '(?z)',
    '(?<1>a)',
    '(?<n>a)(?<n>b)',
    '\\1',
    '\\k<n>',
    '(a)\\2',
    '\\x{110000}',
    `${'('.repeat(300)}${')'.repeat(300)}`,
    '(((a{100}){100}){100})',
    'a'.repeat(40_000),
  ])('%.40s', (source) => {
    expect(() => compilePattern(source, '')).toThrow(
      expect.objectContaining({ code: 1, message: 'An internal server error occurred' }),
    );
  });
});

describe('a hostile pattern', () => {
  const long = `${'a'.repeat(20_000)}!`;

  it.each([
    '(a+)+$',
    '(a|a)+$',
    '(a|aa)+$',
    '([a-zA-Z]+)+$',
    '(.*a){12}$',
    '.*.*.*x',
    '(x+x+)+y',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(a*)*b',
    '(?:(?:a*)*)*b',
    '^(?=(a+)+$)',
    '^(?>(a+)+)b',
  ])('%s takes steps in proportion to the text', (source) => {
    const [half, whole] = [long.slice(10_000), long].map((text) => {
      const budget = { steps: 1e9 };
      expect(compilePattern(source, '', budget).test(text)).toBe(false);
      return 1e9 + 32 * text.length - budget.steps; // a test adds 32 steps for each character
    });
    expect(whole).toBeLessThan(2.1 * Number(half) + 1000);
  });

  it.each([
    '(a+)+\\1$',
    '(a*)*\\1b',
    '^(a+)+(\\1|b)*c',
    '(?=(a+)+$)',
    '(?<=(a+)+b)c',
    '(?:(?=.*b).*)*c',
    '(?>(a+)+)b',
    '(?:a?){1000}b',
    '(a{0,50}){0,50}$b',
  ])('%s is given up once its steps are spent', (source) => {
    const budget = createBudget();
    expect(() => compilePattern(source, '', budget).test(long)).toThrow(expect.objectContaining({ code: 1 }));
    expect(budget.steps).toBeLessThan(0);
  });

  it('is given up for all texts of a query together', () => {
    const pattern = compilePattern('(a+)+\\1$', '', createBudget());
    expect(() => {
      for (let i = 0; i < 1_000_000; i++) pattern.test('aaaaaaaaaaaa!');
    }).toThrow(expect.objectContaining({ code: 1 }));
  });
});

const atom = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\w', '\\d', '\\b', '^', '(?=a)', '(?!b)', '(?<=a)');
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '{2}', '{1,2}', '{0,2}?');

// The runtime's engine may need minutes for patterns that are deeper, even on a text as short as these.
const DEPTH = { maxDepth: 3, depthIdentifier: 'pattern' };

const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  pattern: fc.oneof(
    DEPTH,
    fc.array(tie('part'), { maxLength: 3 }).map((parts) => parts.join('')),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `${one}|${other}`),
  ),
  part: fc.oneof(
    DEPTH,
    fc.tuple(atom, quantifier).map(([one, many]) => (/^[\\^(](?![wd])/.test(one) ? one : one + many)),
    fc.tuple(tie('pattern'), quantifier).map(([inner, many]) => `(?:${inner})${many}`),
    tie('pattern').map((inner) => `(${inner})`),
  ),
}));

it('agrees with the engine of the runtime wherever both know the syntax', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', '1', ' '), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, fc.constantFrom('', 'i'), (source, value, options) => {
      expect(test(source, value, options)).toBe(new RegExp(source, options).test(value));
    }),
    runs(700),
  );
});

it('answers or refuses any pattern', () => {
  const source = fc.string({ unit: fc.constantFrom(...'ab(?:)[]{}1,*+|\\Q\\E^$.=!<>k-i#'), maxLength: 20 });
  fc.assert(
    fc.property(source, fc.string({ maxLength: 20 }), (any, value) => {
      try {
        expect(typeof test(any, value, 'x')).toBe('boolean');
      } catch (error) {
        expect(error).toMatchObject({ name: 'ParseError', code: 1 });
      }
    }),
    runs(700),
  );
});
