import type { Context } from '../../operations/context.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import type { PageParameters } from './page-views.ts';

/** Somebody who follows a link of a mail, or posts a form of the page behind it. */
export type Visit = {
  readonly request: HttpRequest;
  readonly query: PageParameters;
  readonly form: PageParameters;
  readonly context: Context;
};

/** What a visit is answered with; undefined: REST answers, which knows no such path. */
export type AnswerVisit = (visit: Visit) => HttpResponse | undefined | Promise<HttpResponse | undefined>;
