import { describe, expect, it } from 'vitest';
import type { RestRoute } from '../../src/rest/message.ts';
import { createRouter } from '../../src/rest/router.ts';

const row = (method: RestRoute['method'], path: string): RestRoute => ({
  method,
  path,
  run: () => ({ status: 200, body: path }),
});

const router = createRouter([
  row('GET', '/users/:objectId'),
  row('GET', '/users'),
  row('GET', '/users/me'),
  row('POST', '/users'),
  row('GET', '/classes/:className/:objectId'),
  row('POST', '/loginAs'),
]);

describe('the router', () => {
  it.each([
    ['GET', '/users', '/users'],
    ['GET', '/users/', '/users'],
    ['GET', '//users', '/users'],
    ['GET', '/Users', '/users'],
    ['GET', '/users/me', '/users/me'],
    ['GET', '/users/abc', '/users/:objectId'],
    ['GET', '/CLASSES/Todo/abc', '/classes/:className/:objectId'],
    ['POST', '/loginas', '/loginAs'],
  ])('%s %s is the row %s', (method, path, expected) => {
    expect(router(method, path)?.route.path).toBe(expected);
  });

  it.each([
    ['DELETE', '/users'],
    ['get', '/users'],
    ['GET', '/userz'],
    ['GET', '/users/abc/def'],
    ['GET', '/users//'],
    ['GET', '/classes//abc'],
    ['GET', '/'],
    ['GET', ''],
    ['GET', '/__proto__'],
    ['GET', '/constructor'],
  ])('%s %s is no row', (method, path) => {
    expect(router(method, path)).toBeUndefined();
  });

  it('keeps the case of what stands at a name, and decodes it', () => {
    expect(router('GET', '/classes/My%20Todo/aB%2Fc')?.named).toMatchObject({ className: 'My Todo', objectId: 'aB/c' });
  });

  it('throws for a name that is not properly encoded', () => {
    expect(() => router('GET', '/users/%E0%A4%A')).toThrow(new URIError("Failed to decode param '%E0%A4%A'"));
  });
});
