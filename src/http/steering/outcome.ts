import type { Notice } from '../../operations/context.ts';
import { MOST_HIDDEN } from '../../operations/queries/queries.ts';
import { isObject } from '../../parse/record.ts';
import { findExplanation } from '../explanations/explain.ts';
import { IN_PROGRAM, type Say } from '../explanations/say.ts';
import type { HttpResponse } from '../wire/message.ts';
import type { LoggedRequest } from './logged-request.ts';
import type { Notes } from './notes.ts';

/** What the log tells of an answer in a few words: who asked, and what went wrong why. */
export type Outcome = Pick<LoggedRequest, 'user' | 'isMaster' | 'code' | 'cause' | 'hint'>;

/** Answers with errors are short; a long one holds objects. */
const LONGEST_ERROR = 100_000;

const readAnswer = ({ body }: HttpResponse): unknown => {
  if (body.length > LONGEST_ERROR) return undefined;
  try {
    return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
};

/** The code of the first error of an answer; of a batch, that of the first call which has one. */
const codeIn = (answer: unknown): unknown => {
  if (Array.isArray(answer)) {
    const first: unknown = answer.find((one: unknown) => isObject(one) && isObject(one['error']));
    return isObject(first) && isObject(first['error']) ? first['error']['code'] : undefined;
  }
  if (!isObject(answer)) return undefined;
  const [error] = Array.isArray(answer['errors']) ? (answer['errors'] as unknown[]) : [];
  if (!isObject(error)) return 'error' in answer ? answer['code'] : undefined;
  const { extensions } = error;
  return isObject(extensions) ? extensions['code'] : undefined;
};

const nameClass = (className: string, count: number): string => {
  const name = className.replace(/^_/, '').toLowerCase();
  return className.startsWith('_') && count !== 1 ? `${name}s` : count === 1 ? name : `${className} objects`;
};

/** `0 of 6 users visible: ACL`. */
const sayHidden = ({ className, visible, hidden }: Notice): string => {
  const all = `${hidden >= MOST_HIDDEN ? 'more than ' : ''}${visible + hidden}`;
  return `${visible} of ${all} ${nameClass(className, visible + hidden)} visible: ACL`;
};

const SHOW_HIDDEN = 'Log in as a user who may read them, open their ACL in the seed, or send the master key.';

const askerOf = ({ auth }: Notes): Pick<Outcome, 'user' | 'isMaster'> => {
  const { user, isMaster } = auth ?? {};
  const username = user?.['username'];
  return {
    ...(user && { user: { objectId: user.objectId, ...(typeof username === 'string' && { username }) } }),
    ...(isMaster && { isMaster: true as const }),
  };
};

const toCode = (code: unknown): Pick<Outcome, 'code'> =>
  typeof code === 'number' || typeof code === 'string' ? { code } : {};

const causeOf = ({ hidden, reason }: Notes, say: Say): Pick<Outcome, 'cause' | 'hint'> => {
  const [first] = hidden;
  if (first) return { cause: sayHidden(first), hint: SHOW_HIDDEN };
  return reason === undefined ? {} : (findExplanation(reason, say) ?? {});
};

/** The outcome of a request, read from its answer and from what became known on the way. */
export const outcomeOf = (answer: HttpResponse, notes: Notes = { hidden: [] }, say: Say = IN_PROGRAM): Outcome => ({
  ...askerOf(notes),
  ...toCode(codeIn(readAnswer(answer))),
  ...causeOf(notes, say),
});
