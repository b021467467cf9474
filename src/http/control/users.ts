import { text } from '../../options/shape.ts';
import type { JsonObject } from '../../parse/record.ts';
import { UserError } from '../../parse/user-error.ts';
import type { Control } from '../parts.ts';
import { checkBody, checkQuery, type Runs } from './run.ts';

type Named = JsonObject & { readonly username: string };
type Place = { readonly username: string; readonly origin: string; readonly key?: string };

const checkFields = checkBody('make a user', { username: text }, { needed: ['username'], open: true });
const checkWanted = checkQuery('find a user', { username: text });
const checkName = (deed: string) => checkBody(deed, { username: text }, { needed: ['username'] });
const checkLogIn = checkName('log in');
const checkVerified = checkName('verify an address');
const checkClient = checkBody('make headers', { username: text });
const checkPlace = checkBody(
  'make a storage state',
  { username: text, origin: text, key: text },
  { needed: ['username', 'origin'] },
);

const findUsers = async (query: URLSearchParams, { users }: Control): Promise<JsonObject[]> => {
  checkWanted(query);
  const username = query.get('username');
  if (username === null) throw new UserError('Failed to find a user: say whom, as in /emulator/users?username=johndoe');
  const found = await users.find(username);
  return found ? [found] : [];
};

/** Users without detours, and what logs their clients in. */
export const userRuns = (control: Control): Runs => ({
  'GET /users': (_body, query) => findUsers(query, control),
  'POST /users': (body) => {
    checkFields(body);
    return control.users.create(body as Named);
  },
  'POST /users/verify': async (body) => {
    checkVerified(body);
    await control.users.verifyEmail((body as Named).username);
  },
  'POST /sessions': async (body) => {
    checkLogIn(body);
    return { sessionToken: await control.users.logIn((body as Named).username) };
  },
  'POST /headers': (body) => {
    checkClient(body);
    return control.clients.headersFor((body as Partial<Named>).username);
  },
  'POST /storage-state': (body) => {
    checkPlace(body);
    const { username, ...place } = body as Place;
    return control.clients.storageStateFor(username, place);
  },
});
