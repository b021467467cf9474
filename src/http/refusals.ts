import type { Reason, SessionReason } from '../parse/reason.ts';
import { createExplainer, type Explainer } from './explanations/explain.ts';
import { IN_PROGRAM } from './explanations/say.ts';
import type { Parts, RequestScope } from './parts.ts';
import type { Refused } from './wire/answers.ts';
import type { HttpResponse } from './wire/message.ts';

/** What answers with errors, notes what happened for the log of requests, and explains it where the option wants that. */
export interface Teller {
  /** What happened, as the scope of the request has it: a session that a fault ended is refused for the fault. */
  note(reason: Reason | undefined, scope: RequestScope): Reason | undefined;
  refuse(refused: Refused, scope: RequestScope): HttpResponse;
  readonly explainer: Explainer;
}

const BY_FAULT: { readonly expired: readonly unknown[]; readonly revoked: readonly unknown[] } = {
  expired: ['sessionExpired'] satisfies SessionReason[],
  revoked: ['sessionUnknown', 'sessionEnded'] satisfies SessionReason[],
};

const trueReason = (reason: Reason | undefined, { session }: RequestScope): Reason | undefined =>
  session !== undefined && BY_FAULT[session].includes(reason) ? 'fault' : reason;

/** Makes the teller of an emulator. */
export const createTeller = ({ options, say = IN_PROGRAM }: Pick<Parts, 'options' | 'say'>): Teller => {
  const explainer = createExplainer(options.explain, say);
  const note: Teller['note'] = (reason, scope) => {
    const found = trueReason(reason, scope);
    scope.notes.reason ??= found;
    return found;
  };
  return {
    note,
    refuse: ({ refused, reason }, scope) => explainer.refusal(refused, note(reason, scope) ?? reason),
    explainer,
  };
};
