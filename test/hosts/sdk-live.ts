import type ParseSdk from 'parse/node';
import { expect } from 'vitest';
import type { Examples, Sdk } from './sdk-example.ts';

type Heard = readonly [event: string, n: unknown];

const EVENTS = ['create', 'enter', 'update', 'leave', 'delete'] as const;

/** Subscribes, and hands out what was heard once there are so many events. */
const listen = async (
  query: ParseSdk.Query,
  sessionToken?: string,
): Promise<{ heard(count: number): Promise<readonly Heard[]> }> => {
  const subscription = await query.subscribe(sessionToken);
  const events: Heard[] = [];
  let told = (): void => undefined;
  for (const event of EVENTS) {
    subscription.on(event, (object: ParseSdk.Object) => {
      events.push([event, object.get('n')]);
      told();
    });
  }
  return {
    heard: (count) =>
      new Promise((resolve) => {
        told = () => {
          if (events.length >= count) resolve(events);
        };
        told();
      }),
  };
};

/** Runs with the SDK's own client of live queries, and closes it. */
const withClient =
  (run: (sdk: Sdk) => Promise<void>): ((sdk: Sdk) => Promise<void>) =>
  async (sdk) => {
    const controller = sdk.Parse.CoreManager.getLiveQueryController();
    try {
      await run(sdk);
    } finally {
      const client = await controller.getDefaultLiveQueryClient();
      client.close();
      controller.setDefaultLiveQueryClient(undefined as never);
    }
  };

/** Live queries, where there are sockets. */
export const LIVE: Examples = {
  'hears objects come, change and go': withClient(async ({ Parse }) => {
    const { heard } = await listen(new Parse.Query('Todo').greaterThan('n', 1));
    const todo = new Parse.Object('Todo');
    for (const n of [1, 2, 3, 0, 5]) await todo.save({ n });
    await todo.destroy();
    expect(await heard(5)).toEqual([
      ['enter', 2],
      ['update', 3],
      ['leave', 0],
      ['enter', 5],
      ['delete', 5],
    ]);
  }),

  'hears what its user may read, and nothing else': withClient(async ({ Parse, signUp }) => {
    const ann = await signUp('ann');
    const { heard } = await listen(new Parse.Query('Todo').exists('n'), ann.getSessionToken() ?? undefined);
    for (const [n, acl] of [
      [1, new Parse.ACL()],
      [2, new Parse.ACL(ann)],
    ] as const) {
      const todo = new Parse.Object('Todo', { n });
      todo.setACL(acl);
      await todo.save();
    }
    expect(await heard(1)).toEqual([['create', 2]]);
  }),
};
