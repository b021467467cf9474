import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactAnswer, redactDocument, redactForm, redactJson, secretsOf } from '../../../src/http/steering/secrets.ts';

describe('what the log of requests shows', () => {
  it.each([
    [
      { username: 'ann', password: 'x' },
      { username: 'ann', password: '***' },
    ],
    [{ fields: { authData: { google: { id: '1', access_token: 'x' } } } }, { fields: { authData: '***' } }],
    [
      { _MasterKey: 'x', _SessionToken: 'x', _JavaScriptKey: 'x', key: 'shown' },
      { _MasterKey: '***', _SessionToken: '***', _JavaScriptKey: '***', key: 'shown' },
    ],
    [['r:0123456789abcdef0123456789abcdef'], ['***']],
    [
      { author: 'ann', keys: 'a,b' },
      { author: 'ann', keys: 'a,b' },
    ],
  ])('of the JSON %j', (value, expected) => {
    expect(redactJson(value)).toEqual(expected);
  });

  it.each([
    ['{ logIn(username: "ann", password: "x") }', '{ logIn(username: "ann", password: ***) }'],
    ['{ logIn(password : """x "y" z""") }', '{ logIn(password : ***) }'],
    ['{ logIn(password: "a\\"b") }', '{ logIn(password: ***) }'],
    ['{ a(authData: { x: "}", y: [{ z: 1 }] }, b: "shown") }', '{ a(authData: ***, b: "shown") }'],
    ['{ a(password: "unclosed', '{ a(password: ***'],
    ['query Q($password: String = "x") { a(b: $password) }', 'query Q($password: String = ***) { a(b: $password) }'],
    ['{ a(b: "r:0123456789abcdef0123456789abcdef") }', '{ a(b: "***") }'],
    ['{ a(password # "x"\n,: # y: "z"\n "x") }', '{ a(password # "x"\n,: # y: "z"\n ***) }'],
  ])('of the document %s', (document, expected) => {
    expect(redactDocument(document).text).toBe(expected);
  });

  // Each of these took minutes where every name looked through all the comments behind it again.
  it.each(['a#', 'token#', 'token:#', 'token#\n', 'token # a\n\n,', 'token:"', 'token:"\\', 'token:{', '$a:['])(
    'of a long document of nothing but %j',
    (part) => {
      expect(redactDocument(part.repeat(100_000)).text.length).toBeLessThanOrEqual(part.length * 100_000 + 3);
    },
  );

  it('of variables that stand where a secret belongs', () => {
    const { text, variables } = redactDocument(
      'mutation($p: String = "x", $d: Object) { a(password: $p, authData: { b: $d }) }',
    );
    expect(text).toBe('mutation($p: String = ***, $d: Object) { a(password: ***, authData: ***) }');
    expect(redactJson({ p: 'x', d: {}, other: 1 }, variables)).toEqual({ p: '***', d: '***', other: 1 });
  });

  it('of an answer, which may repeat what was sent', () => {
    const answer = {
      errors: [{ message: 'not top secret', extensions: { code: 'BAD_USER_INPUT' } }],
      code: 101,
      result: { code: '123456', sessionToken: 'x' },
    };
    expect(
      redactAnswer(answer, new Set(secretsOf([{ a: [{ password: ['top secret'] }], b: 'not' }], new Set()))),
    ).toEqual({
      errors: [{ message: 'not ***', extensions: { code: 'BAD_USER_INPUT' } }],
      code: 101,
      result: { code: '***', sessionToken: '***' },
    });
  });

  it('of parameters', () => {
    expect(redactForm('/parse/login?username=ann&password=x')).toBe('/parse/login?username=ann&password=***');
    expect(redactForm('/parse/classes/_Session/r:0123456789abcdef0123456789abcdef')).toBe(
      '/parse/classes/_Session/***',
    );
    const query = encodeURIComponent('query ($p: String) { a(password: $p) }');
    const variables = encodeURIComponent('{"p":"x"}');
    expect(decodeURIComponent(redactForm(`/graphql?variables=${variables}&query=${query}`))).toBe(
      '/graphql?variables={"p":"***"}&query=query ($p: String) { a(password: ***) }',
    );
    expect(redactForm('/parse/apps/ID/verify_email?token=abc')).toBe('/parse/apps/ID/verify_email?token=***');
    expect(redactForm(`/graphql?query=${encodeURIComponent('{ a(password: "x") }')}`)).toBe(
      `/graphql?query=${encodeURIComponent('{ a(password: ***) }')}`,
    );
    expect(redactForm(`/parse/users?where=${encodeURIComponent('{"password":"x"}')}`)).toBe(
      `/parse/users?where=${encodeURIComponent('{"password":"***"}')}`,
    );
  });

  it('strikes the addresses inside of a batch', () => {
    const path = `/parse/users?where=${encodeURIComponent('{"password":"x"}')}`;
    expect(redactJson({ requests: [{ method: 'GET', path }] })).toEqual({
      requests: [{ method: 'GET', path: path.replace('%22x%22', '%22***%22') }],
    });
  });

  it('never holds a password, whatever it is', () => {
    const secret = fc.string({ minLength: 1, maxLength: 30 }).map((text) => `§${text}§`);
    fc.assert(
      fc.property(secret, (password) => {
        const literal = JSON.stringify(password);
        const shown = [
          redactDocument(`mutation { signUp(input: { fields: { password: ${literal}, username: "ann" } }) { a } }`)
            .text,
          JSON.stringify(redactJson({ deep: [{ password }] })),
          redactForm(`/parse/login?password=${encodeURIComponent(password)}&username=ann`),
        ];
        for (const text of shown) {
          expect(text).not.toMatch(/§|%C2%A7/);
          expect(text).toContain('ann'.slice(0, text.includes('deep') ? 0 : 3));
        }
      }),
    );
  });
});
