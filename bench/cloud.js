import { fromBuild } from './build.js';
import { median } from './load.js';

const { createEmulator } = await fromBuild('index.js');

const ROUNDS = 15;
const HEADERS = { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' };

const cloud = (Parse) =>
  Parse.Cloud.beforeSave(Parse.User, ({ object }) => object.set('nickname', `the ${object.get('username')}`));

const plainHash = { hash: async () => 'hash', compare: async () => true };

const signUp = async (emulator, username) => {
  const fields = `fields: { username: "${username}", password: "secret" }`;
  const query = `mutation { signUp(input: { ${fields} }) { viewer { sessionToken } } }`;
  const { body } = await emulator.handle({
    method: 'POST',
    url: '/graphql',
    headers: HEADERS,
    body: JSON.stringify({ query }),
  });
  if (JSON.parse(body).errors) throw new Error(`Failed to sign up: ${body}`);
};

/** The milliseconds of a sign-up without and with cloud code, the two in turn. */
const compare = async (options, times) => {
  const emulators = [createEmulator(options), createEmulator({ ...options, cloud })];
  const costs = [[], []];
  let made = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [place, emulator] of emulators.entries()) {
      const before = performance.now();
      for (let i = 0; i < times; i++) await signUp(emulator, `user${made++}`);
      if (round > 0) costs[place].push((performance.now() - before) / times);
    }
  }
  await Promise.all(emulators.map((emulator) => emulator.close()));
  return costs.map(median);
};

/** What a `beforeSave` that changes a field adds to a sign-up. */
export const cloudCode = async () => {
  const [without, withCode] = await compare({}, 4);
  const [bare, bareWithCode] = await compare({ passwordHasher: plainHash }, 60);
  return [
    {
      name: 'sign-up with a beforeSave beside one without',
      value: withCode / without,
      unit: 'x',
      most: 1.3,
      detail: `${withCode.toFixed(1)} ms beside ${without.toFixed(1)} ms; the hash left out, ${(bareWithCode * 1000).toFixed(0)} us beside ${(bare * 1000).toFixed(0)} us`,
    },
  ];
};
