import { describe, expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';

const printed = (options: EmulatorOptions): string => createEmulator(options).printSchema();

const functionNames = (options: EmulatorOptions): string | undefined =>
  /enum CloudCodeFunction \{([^}]*)\}/.exec(printed(options))?.[1]?.trim().replace(/\s+/g, ' ');

describe('callCloudCode', () => {
  it('is there when there are functions', () => {
    const sdl = printed({ functions: { hello: () => 'world' } });
    expect(sdl).toContain('callCloudCode(input: CallCloudCodeInput!): CallCloudCodePayload');
    expect(printed({})).not.toContain('CloudCode');
  });

  it.each(['a-b', '1st', 'a b', 'true', 'null', ''])(
    'leaves out a function named %j, which is no GraphQL name',
    (name) => {
      expect(functionNames({ functions: { [name]: () => 1, hello: () => 'world' } })).toBe('hello');
      expect(functionNames({ functions: { [name]: () => 1 } })).toBeUndefined();
    },
  );

  it('answers what the function answers', async () => {
    await using emulator = createEmulator({
      functions: { double: ({ params }) => Number(params['n']) * 2, fails: () => Promise.reject(new Error('oh no')) },
    });
    const call = async (name: string): Promise<unknown> => {
      const query = `mutation { callCloudCode(input: { functionName: ${name}, params: { n: 4 } }) { result } }`;
      const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };
      const request = new Request('http://localhost:1337/graphql', {
        method: 'POST',
        headers,
        body: JSON.stringify({ query }),
      });
      return (await emulator.fetch(request)).json();
    };
    expect(await call('double')).toEqual({ data: { callCloudCode: { result: 8 } } });
    expect(await call('fails')).toMatchObject({ errors: [{ message: 'oh no', extensions: { code: 141 } }] });
  });
});
