import { composeStories, setProjectAnnotations } from '@storybook/react';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as accountStories from '../src/account.stories.jsx';

const server = setupServer();

// what msw-storybook-addon does in a browser
const annotations = setProjectAnnotations([
  { loaders: [({ parameters }) => server.resetHandlers(...(parameters.msw?.handlers ?? []))] },
]);

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error', onUnhandledFrame: 'error' }); // MSW 3 has the second name
  await annotations.beforeAll?.();
});
afterAll(() => server.close());

const stories = Object.entries(composeStories(accountStories));

for (const round of ['once', 'and once more']) {
  test.each(stories)(`%s, ${round}`, async (_name, story) => {
    await story.run();
  });
}

test('there are stories', () => expect(stories).toHaveLength(4));
