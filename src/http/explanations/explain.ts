import type { ErrorBody } from '../../graphql/errors.ts';
import type { Reason } from '../../parse/reason.ts';
import { isObject, type Json } from '../../parse/record.ts';
import type { RestResponse } from '../../rest/routes.ts';
import { escapeHtml } from '../wire/answers.ts';
import type { HttpResponse } from '../wire/message.ts';
import { BY_CODE } from './by-code.ts';
import { BY_REASON } from './by-reason.ts';
import type { Row, Say } from './say.ts';

/** Why an error came about, and what mends it. */
export type Explanation = { readonly cause: string; readonly hint: string };

const missing =
  (field: string, of: string): Row =>
  (say) => [
    `The field ${field} of ${of} must have a value.`,
    `Send one, or change the field in ${say.option('schema')}.`,
  ];

const thrown =
  (by: string): Row =>
  (say) => [`The application's own code refused it: ${by}.`, `Look there; it comes from ${say.code}.`];

const findRow = (reason: Reason): Row | undefined => {
  if (typeof reason === 'string') return BY_REASON[reason];
  if (typeof reason === 'number') return BY_CODE.get(reason);
  if ('code' in reason) return BY_CODE.get(reason.code);
  return 'thrownBy' in reason ? thrown(reason.thrownBy) : missing(reason.fieldMissing, reason.of);
};

// An option may be written in small letters, and stand first.
const begin = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The explanation of an error, by what happened; undefined for a number that is the application's own. */
export const findExplanation = (reason: Reason, say: Say): Explanation | undefined => {
  const [cause, hint] = findRow(reason)?.(say) ?? [];
  const own = say.ofVersion?.(reason);
  if (!cause || !hint)
    return own ? { cause: own, hint: 'docs/versions.md says what other versions answer.' } : undefined;
  return { cause: own ? `${begin(cause)} ${own}` : begin(cause), hint: begin(hint) };
};

/** An error of GraphQL without its reason, which no client sees. */
type SentError = Omit<ErrorBody, 'reason'>;

/** How answers are sent: errors with their explanations, or as they are. */
export type Explainer = {
  /** An error of GraphQL. */
  graphQL(error: SentError, reason: Reason | undefined): SentError;
  /** A REST answer with its one reason, or that of a batch with those of its calls. */
  rest(answer: RestResponse, reasons: readonly (Reason | undefined)[]): RestResponse;
  /** A refusal, of either protocol, in JSON or as a page. */
  refusal(answer: HttpResponse, reason: Reason): HttpResponse;
};

const explainOne = (error: Json | undefined, reason: Reason | undefined, say: Say): Json | undefined => {
  const emulator = isObject(error) && reason !== undefined ? findExplanation(reason, say) : undefined;
  return isObject(error) && emulator ? { ...error, emulator } : error;
};

type Reasons = readonly (Reason | undefined)[];

const explainBody = (body: Json | undefined, reasons: Reasons, say: Say): Json | undefined =>
  Array.isArray(body)
    ? body.map((one: Json, place) =>
        isObject(one) && one['error'] ? { ...one, error: explainOne(one['error'], reasons[place], say) ?? null } : one,
      )
    : explainOne(body, reasons[0], say);

// GraphQL's own answers name their errors, and are explained where they are made; a page has room for two sentences more.
const explainText = (text: string, emulator: Explanation): string => {
  const { cause, hint } = emulator;
  if (!text.startsWith('{')) return text.replace('</pre>', () => `\n${escapeHtml(`${cause} ${hint}`)}</pre>`);
  const told = JSON.parse(text) as { readonly errors?: unknown };
  return told.errors ? text : JSON.stringify({ ...told, emulator });
};

const createExplaining = (say: Say): Explainer => ({
  graphQL: (error, reason) => {
    const emulator = reason === undefined ? undefined : findExplanation(reason, say);
    return emulator ? { ...error, extensions: { ...error.extensions, emulator } } : error;
  },
  rest: (answer, reasons) =>
    reasons.every((reason) => reason === undefined)
      ? answer
      : { ...answer, body: explainBody(answer.body, reasons, say) },
  refusal: (answer, reason) => {
    const found = findExplanation(reason, say);
    return found && typeof answer.body === 'string' ? { ...answer, body: explainText(answer.body, found) } : answer;
  },
});

const SILENT: Explainer = {
  graphQL: (error) => error,
  rest: (answer) => answer,
  refusal: (answer) => answer,
};

/** What sends answers in the way that the option `explain` wants, in the words of the emulator's reader. */
export const createExplainer = (isExplained: boolean, say: Say): Explainer =>
  isExplained ? createExplaining(say) : SILENT;
