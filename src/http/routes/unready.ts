import type { Log } from '../../operations/context.ts';
import { json } from '../wire/answers.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import { below, toTarget } from '../wire/target.ts';

/**
 * Answers requests while the state cannot be read: 500 with the reason, which GraphQL clients find where they look for errors.
 * A reason is logged when it first comes, and not for each request.
 */
export const createUnreadyAnswer = (log: Log): ((request: HttpRequest, error: unknown) => HttpResponse) => {
  let told: string | undefined;
  return ({ url }, error) => {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== told) log('error', message);
    told = message;
    const isGraphQL = below('/graphql', toTarget(url).path) !== undefined;
    return json(
      500,
      isGraphQL ? { errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR' } }] } : { error: message },
    );
  };
};
