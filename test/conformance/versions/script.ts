import type { JsonObject } from '../../../src/index.ts';
import { Asking, type Server } from './asking.ts';
import { development } from './chapters/development.ts';
import { leaving } from './chapters/leaving.ts';
import { linking } from './chapters/linking.ts';
import { loggingIn } from './chapters/log-in.ts';
import { unverified, verifying } from './chapters/mail.ts';
import { objects } from './chapters/objects.ts';
import { People } from './chapters/people.ts';
import { signingUp } from './chapters/sign-up.ts';
import { transport } from './chapters/transport.ts';
import { users } from './chapters/users.ts';
import type { Answer } from './normaliser.ts';

/** A part of the script, played against a server of its own with these options of Parse Server. */
export interface Chapter {
  readonly name: string;
  readonly options: JsonObject;
  readonly isProduction: boolean;
  play(asking: Asking): Promise<void>;
}

const plain = async (asking: Asking): Promise<void> => {
  const people = new People();
  await transport(asking);
  await signingUp(asking, people);
  await loggingIn(asking, people);
  await users(asking, people);
  await objects(asking, people);
  await leaving(asking, people);
};

/** The script: nearly three hundred requests, by their names, which nine versions of Parse Server were asked. */
export const SCRIPT: readonly Chapter[] = [
  { name: 'plain', options: {}, isProduction: true, play: plain },
  { name: 'verify', options: { verifyUserEmails: true }, isProduction: true, play: verifying },
  {
    name: 'unverified',
    options: { verifyUserEmails: true, preventLoginWithUnverifiedEmail: true },
    isProduction: true,
    play: unverified,
  },
  { name: 'dev', options: {}, isProduction: false, play: development },
  { name: 'link', options: {}, isProduction: true, play: linking },
];

/** Plays one chapter; returns the answers by the requests' names. */
export const playChapter = async (chapter: Chapter, server: Server): Promise<ReadonlyMap<string, Answer>> => {
  const asking = new Asking(server, chapter.name);
  await chapter.play(asking);
  return asking.answers;
};
