import type { JsonObject } from '../../../../src/index.ts';
import { type Asking, at } from '../asking.ts';
import { SIGN_UP } from './documents.ts';

/** A user whom the script knows by name. */
interface Person {
  readonly objectId: string;
  token: string;
}

/** The users of a script by their short names, with the tokens that they carry now. */
export class People {
  readonly #people = new Map<string, Person>();

  /** Signs somebody up over GraphQL; their id stands as `<name>` in the answers from then on. */
  async meet(asking: Asking, request: string, name: string, input: JsonObject): Promise<void> {
    const answer = await asking.graphql(request, SIGN_UP, { i: input });
    const viewer = ['data', 'signUp', 'viewer'];
    this.#add(asking, name, at(answer, ...viewer, 'user', 'objectId'), at(answer, ...viewer, 'sessionToken'));
  }

  /** The same over REST. */
  async meetOverRest(asking: Asking, request: string, name: string, body: JsonObject): Promise<void> {
    const answer = await asking.ask(request, '/parse/users', 'nobody', { body });
    this.#add(asking, name, at(answer, 'objectId'), at(answer, 'sessionToken'));
  }

  id(name: string): string {
    return this.#people.get(name)?.objectId ?? '';
  }

  /** The id as Relay has it. */
  globalId(name: string): string {
    return Buffer.from(`_User:${this.id(name)}`).toString('base64');
  }

  token(name: string): string {
    return this.#people.get(name)?.token ?? '';
  }

  /** Takes the token that this answer gave, unless it gave none. */
  carry(name: string, token: string): void {
    const person = this.#people.get(name);
    if (person && token) person.token = token;
  }

  /** Logs in anew over REST, which is not written down. */
  async logIn(asking: Asking, name: string, username: string, password: string): Promise<void> {
    const answer = await asking.quietly('/parse/login', 'nobody', { body: { username, password } });
    this.carry(name, at(answer, 'sessionToken'));
  }

  #add(asking: Asking, name: string, objectId: string, token: string): void {
    this.#people.set(name, { objectId, token });
    asking.normaliser.know(objectId, name);
  }
}
