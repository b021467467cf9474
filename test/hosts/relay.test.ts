import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import relay, { type ConcreteRequest, type FetchFunction } from 'relay-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/index.ts';

const { createOperationDescriptor, Environment, fetchQuery, Network, RecordSource, Store } = relay;

const COMPILER = fileURLToPath(import.meta.resolve('relay-compiler/cli.js'));

/** The documents of an application's component, as it has them in its source. */
const COMPONENT = `
import { graphql } from 'relay-runtime';
graphql\`
  query componentPageQuery($count: Int!, $cursor: String) {
    users(first: $count, after: $cursor, order: [username_ASC]) {
      count
      pageInfo { hasNextPage endCursor }
      edges { cursor node { id username } }
    }
  }
\`;
graphql\`
  query componentRefetchQuery($id: ID!) { node(id: $id) { id ... on User { username email } } }
\`;
`;

type Page = {
  readonly users: {
    readonly count: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly edges: readonly { readonly node: { readonly id: string; readonly username: string } }[];
  };
};

const NAMES = ['ann', 'bob', 'cid', 'dan', 'eve'];

describe('a Relay environment', () => {
  const emulator = createEmulator({ bcryptRounds: 4 });
  let folder: string;
  let artifacts: { page: ConcreteRequest; refetch: ConcreteRequest };

  const readArtifact = async (name: string): Promise<ConcreteRequest> => {
    const text = await readFile(join(folder, 'src/__generated__', `${name}.graphql.js`), 'utf8');
    const body = text
      .replace(/^import .*$/gm, '')
      .replace(/^export default node;?$/m, '')
      .replace(/^module\.exports = node;?$/m, '');
    return new Function(`${body}\nreturn node;`)() as ConcreteRequest;
  };

  beforeAll(async () => {
    const users = NAMES.map((username) => ({ username, password: 'secret', email: `${username}@example.com` }));
    await emulator.seed({ _User: users });
    folder = await mkdtemp(join(tmpdir(), 'relay-'));
    await mkdir(join(folder, 'src'));
    await writeFile(join(folder, 'schema.graphql'), emulator.printSchema());
    await writeFile(join(folder, 'src/component.js'), COMPONENT);
    const config = { src: './src', schema: './schema.graphql', language: 'javascript', eagerEsModules: true };
    await writeFile(join(folder, 'relay.config.json'), JSON.stringify(config));
    await promisify(execFile)(process.execPath, [COMPILER, 'relay.config.json'], { cwd: folder });
    artifacts = {
      page: await readArtifact('componentPageQuery'),
      refetch: await readArtifact('componentRefetchQuery'),
    };
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const ask: FetchFunction = async ({ text }, variables) => {
    const response = await emulator.fetch(
      new Request('http://localhost:1337/graphql', {
        method: 'POST',
        headers: {
          'X-Parse-Application-Id': 'APPLICATION_ID',
          'X-Parse-Master-Key': 'MASTER_KEY',
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({ query: text, variables }),
      }),
    );
    return response.json();
  };

  const createEnvironment = () =>
    new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });

  const readPage = (environment: ReturnType<typeof createEnvironment>, cursor: string | null): Promise<Page> =>
    fetchQuery(environment, artifacts.page as never, { count: 2, cursor } as never).toPromise() as Promise<Page>;

  it('pages through the users by their cursors', async () => {
    const environment = createEnvironment();
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let pages = 1; ; pages++) {
      const { users }: Page = await readPage(environment, cursor);
      expect(users.count).toBe(NAMES.length);
      seen.push(...users.edges.map(({ node }) => node.username));
      cursor = users.pageInfo.endCursor;
      if (!users.pageInfo.hasNextPage || pages > NAMES.length) break;
    }
    expect(seen).toEqual(NAMES);
  });

  it('refetches a user by its node id, into the record that the page made', async () => {
    const environment = createEnvironment();
    const page = await readPage(environment, null);
    const [first] = page.users.edges;
    const id = first?.node.id ?? '';
    const refetched = await fetchQuery(environment, artifacts.refetch as never, { id } as never).toPromise();
    expect(refetched).toMatchObject({ node: { id, username: 'ann', email: 'ann@example.com' } });
    const { fragment } = createOperationDescriptor(artifacts.refetch, { id });
    expect(environment.lookup(fragment).data).toMatchObject({ node: { id, email: 'ann@example.com' } });
    expect(environment.getStore().getSource().get(id)).toMatchObject({ username: 'ann', email: 'ann@example.com' });
  });
});
