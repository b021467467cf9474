import { describe, expect, it } from 'vitest';
import { play, type Target } from './player.ts';
import type { RecordedMail, RecordedRequest, RecordedResponse, Scenario, Step } from './recording.ts';

const TOKEN = 'r:0123456789abcdef0123456789abcdef';

const post: RecordedRequest = {
  method: 'POST',
  path: '/graphql',
  headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' },
};

const scenario = (...steps: Step[]): Scenario => ({ name: 'a scenario', steps });

const exchange = (response: RecordedResponse, request: Partial<RecordedRequest> = {}): Step => ({
  request: { ...post, ...request },
  response,
});

/** A server that answers every request in one way, and remembers what it saw. */
const createTarget = (answer: () => Response, mail: RecordedMail[] = []) => {
  const seen: Request[] = [];
  const slept: number[] = [];
  const target: Target = {
    origin: 'http://localhost:1337',
    fetch: async (request) => {
      seen.push(request);
      return answer();
    },
    outbox: async () => mail,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  };
  return { target, seen, slept };
};

const answerToken = (): Response =>
  Response.json({ sessionToken: TOKEN }, { headers: { 'x-job': 'done', 'x-other': '1' } });

describe('play', () => {
  it('finds nothing when every answer is the recorded one', async () => {
    const { target, seen } = createTarget(answerToken);
    const body = { status: 200, json: { sessionToken: '{{token:1}}' } };
    const second = { headers: { 'X-Parse-Session-Token': '{{token:1}}' }, json: { query: '{ viewer }' } };
    expect(await play(scenario(exchange(body), exchange(body, second)), target)).toEqual([]);
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(
      Array(2).fill('POST http://localhost:1337/graphql'),
    );
    expect(seen[1]?.headers.get('x-parse-session-token')).toBe(TOKEN);
    expect(await seen[1]?.json()).toEqual({ query: '{ viewer }' });
  });

  it.each<[string, RecordedResponse]>([
    ['status', { status: 201 }],
    ['value', { status: 200, json: { sessionToken: 'r:other' } }],
    ['field that is not there', { status: 200, json: { sessionToken: TOKEN, user: null } }],
    ['field that should not be there', { status: 200, json: {} }],
    ['kind of body', { status: 200, text: 'Bad Request' }],
    ['header', { status: 200, headers: { 'X-Job': 'waiting' } }],
    ['header that is not there', { status: 200, headers: { 'X-Job-2': 'done' } }],
    ['header that should not be there', { status: 200, headers: { 'X-Job': null } }],
  ])('finds a wrong %s', async (_, response) => {
    const found = await play(scenario(exchange(response)), createTarget(answerToken).target);
    expect(found).toHaveLength(3);
    expect(found[0]).toBe('step 1 of 1');
    expect(found[1]).toContain('POST /graphql');
  });

  it('finds a body that is no JSON', async () => {
    const { target } = createTarget(() => new Response('<html>'));
    expect(await play(scenario(exchange({ status: 200, json: {} })), target)).toContain(
      'answer.json: expected {}, got nothing',
    );
  });

  it('compares only what was recorded', async () => {
    const { target } = createTarget(answerToken);
    expect(await play(scenario(exchange({ status: 200, headers: { 'X-Job': 'done' } })), target)).toEqual([]);
  });

  it('stops at the first step that differs', async () => {
    const { target, seen } = createTarget(answerToken);
    const found = await play(
      scenario(exchange({ status: 200 }), exchange({ status: 500 }), exchange({ status: 200 })),
      target,
    );
    expect(found[0]).toBe('step 2 of 3');
    expect(seen).toHaveLength(2);
  });

  it('compares the outbox', async () => {
    const mail = {
      kind: 'verifyEmail',
      to: 'john.doe@email.com',
      link: 'http://localhost:1337/x?token=abcdefghijklmnopqrstu',
    };
    const recorded = { ...mail, link: '{{origin}}/x?token={{secret:1}}' };
    expect(await play(scenario({ mail: [recorded] }), createTarget(answerToken, [mail]).target)).toEqual([]);
    expect(await play(scenario({ mail: [] }), createTarget(answerToken, [mail]).target)).toHaveLength(2);
    expect(await play(scenario({ mail: [recorded] }), createTarget(answerToken).target)).toHaveLength(2);
  });

  it('lets the target sleep', async () => {
    const { target, slept } = createTarget(answerToken);
    expect(await play(scenario({ sleep: 1700 }), target)).toEqual([]);
    expect(slept).toEqual([1700]);
  });
});
