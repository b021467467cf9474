import { version } from 'graphql';
import type { Json, JsonObject } from '../../src/index.ts';
import { Bindings } from './bindings.ts';
import { findDifferences } from './differences.ts';
import type { Exchange, RecordedMail, RecordedResponse, Scenario, Step } from './recording.ts';

/** What a scenario is played against. */
export interface Target {
  readonly origin: string;
  fetch(request: Request): Promise<Response>;
  /** The mail that was sent so far, the oldest first. */
  outbox(): Promise<readonly RecordedMail[]>;
  sleep(milliseconds: number): Promise<void>;
}

const MAIL_PATIENCE = 20; // mail goes out beside the answer, so it may be a moment later

const readBody = async (response: Response): Promise<JsonObject> => {
  const text = await response.text();
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { text };
  }
};

/** The answer in the form of the recorded one: only what was recorded is there to compare. */
const toComparable = async (response: Response, recorded: RecordedResponse): Promise<JsonObject> => {
  const { status, headers } = response;
  const named = Object.keys(recorded.headers ?? {}).map((name): [string, Json] => [name, headers.get(name)]);
  const body =
    recorded.json !== undefined
      ? await readBody(response)
      : recorded.text !== undefined && { text: await response.text() };
  return { status, ...(recorded.headers && { headers: Object.fromEntries(named) }), ...body };
};

const toRequest = ({ request }: Exchange, bindings: Bindings, origin: string): Request => {
  const { method, json, text } = request;
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    bindings.fillText(value),
  ]);
  const body = json === undefined ? text && bindings.fillText(text) : JSON.stringify(bindings.fill(json));
  return new Request(origin + bindings.fillText(request.path), {
    method,
    headers,
    redirect: 'manual',
    ...(body && { body }),
  });
};

const showRequest = ({ request: { method, path, json, text } }: Exchange): string =>
  `${method} ${path} ${text ?? JSON.stringify(json) ?? ''}`.slice(0, 300);

// Parse Server has graphql 16; where the emulator runs on graphql 17, what GraphQL itself refuses is told in other words, and
// of several mistakes another may come first.
const HAS_OTHER_WORDS = !version.startsWith('16.');
const OWN_CODES: readonly unknown[] = ['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'];

const isOtherWords = (difference: string, { json }: RecordedResponse): boolean => {
  const [, index] = /^answer\.json\.errors\[(\d+)\]\.(?:message: |locations\[)/.exec(difference) ?? [];
  const { errors = [] } = (json ?? {}) as { errors?: readonly { extensions?: { code?: unknown } }[] };
  return HAS_OTHER_WORDS && index !== undefined && OWN_CODES.includes(errors[Number(index)]?.extensions?.code);
};

const playExchange = async (step: Exchange, target: Target, bindings: Bindings): Promise<string[]> => {
  const response = await target.fetch(toRequest(step, bindings, target.origin));
  const differences = findDifferences(step.response, await toComparable(response, step.response), bindings, 'answer');
  const found = differences.filter((difference) => !isOtherWords(difference, step.response));
  return found.length === 0 ? [] : [showRequest(step), ...found];
};

const readOutbox = async (target: Target, count: number): Promise<JsonObject[]> => {
  for (let waited = 0; ; waited++) {
    const outbox = await target.outbox();
    if (outbox.length >= count || waited === MAIL_PATIENCE)
      return outbox.map(({ kind, to, link }) => ({ kind, to, link }));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};

/** Plays one step; says where the answer differs. */
export const playStep = async (step: Step, target: Target, bindings: Bindings): Promise<string[]> => {
  if ('request' in step) return playExchange(step, target, bindings);
  if ('mail' in step) {
    const outbox = await readOutbox(target, step.mail.length);
    return findDifferences([...step.mail], outbox, bindings, 'mail');
  }
  await target.sleep(step.sleep);
  return [];
};

/** Plays a scenario up to the first step that is answered differently; says where, and answers with nothing when all agree. */
export const play = async (scenario: Scenario, target: Target): Promise<string[]> => {
  const bindings = new Bindings(target.origin);
  for (const [index, step] of scenario.steps.entries()) {
    const found = await playStep(step, target, bindings);
    if (found.length > 0) return [`step ${index + 1} of ${scenario.steps.length}`, ...found];
  }
  return [];
};
