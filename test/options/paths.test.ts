import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../src/options/check.ts';
import { pathsOf } from '../../src/options/paths.ts';

describe('paths', () => {
  it('are those of Parse Server if nothing is said', () => {
    expect(pathsOf({})).toEqual({ rest: '/parse', graphQL: '/graphql', playground: '/playground' });
  });

  it('lose the slash at their end', () => {
    expect(pathsOf({ mountPath: '/', graphQLPath: '/api/v1/' })).toMatchObject({ rest: '', graphQL: '/api/v1' });
  });

  it.each([
    ['parse', 'mountPath must be a path such as "/parse", and none below /emulator, not "parse"'],
    ['/parse?x', 'mountPath must be a path such as "/parse", and none below /emulator, not "/parse?x"'],
    ['/a//b', 'mountPath must be a path such as "/parse", and none below /emulator, not "/a//b"'],
    ['/Emulator/parse', 'mountPath must be a path such as "/parse", and none below /emulator, not "/Emulator/parse"'],
    ['/GraphQL', 'mountPath and graphQLPath must be different'],
  ])('cannot be %s', (mountPath, message) => {
    expect(() => resolveOptions({ mountPath })).toThrow(message);
  });

  it('lead the address of the server, unless one is given', () => {
    expect(resolveOptions({ mountPath: '/api' }).serverURL).toBe('http://localhost:1337/api');
    expect(resolveOptions({ mountPath: '/api', serverURL: 'https://a.example/x' }).serverURL).toBe(
      'https://a.example/x',
    );
  });
});
