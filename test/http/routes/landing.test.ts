import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../../src/index.ts';

const { handle } = createEmulator();
const ask = async (url: string, headers: { [name: string]: string } = {}, method = 'GET') => {
  const { status, headers: answered } = await handle({ method, url, headers, body: '' });
  return [status, answered['location']];
};

const CHROME = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

describe('a browser that a person points', () => {
  it.each([
    ['/', '/console'],
    ['/graphql', '/playground'],
    ['/graphql/', '/playground'],
    ['http://localhost:1337/graphql?', '/playground'],
  ])('to %s is led to %s', async (url, page) => {
    expect(await ask(url, CHROME)).toEqual([303, page]);
    expect(await ask(url, { 'sec-fetch-mode': 'navigate' })).toEqual([303, page]);
  });
});

describe('all others are answered as ever:', () => {
  it.each([
    ['a program at /graphql', '/graphql', { accept: 'text/html' }, 'GET', 403],
    ['a query in the address', '/graphql?query={health}', CHROME, 'GET', 403],
    ['a form', '/graphql', CHROME, 'POST', 403],
    ['a program at /', '/', {}, 'GET', 404],
    ['another page', '/parse/health', CHROME, 'GET', 200],
  ])('%s', async (_who, url, headers, method, status) => {
    expect(await ask(url, headers, method)).toEqual([status, undefined]);
  });
});
