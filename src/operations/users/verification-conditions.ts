import type { UserCondition, UserConditionRequest, UserOfRequest } from '../../options/table.ts';
import { isFieldOperation } from '../../parse/field-ops.ts';
import type { JsonObject, ParseRecord } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import type { Write } from '../objects/stages.ts';
import type { CreatedWith } from '../sessions/store.ts';

/** A user as functions of the options get it: its fields, and `get` and `id` as objects of the SDK have them. */
const toUserOfRequest = (record: JsonObject): UserOfRequest => {
  const isTold = ([name, value]: [string, unknown]): boolean =>
    !name.startsWith('_') && name !== 'password' && !isFieldOperation(value);
  const fields = Object.fromEntries(Object.entries(record).filter(isTold));
  return Object.defineProperties(fields, {
    id: { value: fields['objectId'] },
    className: { value: '_User' },
    get: { value: (name: string) => fields[name] },
  }) as unknown as UserOfRequest;
};

type Occasion = {
  readonly user: JsonObject;
  readonly original?: ParseRecord | undefined;
  readonly createdWith?: CreatedWith | undefined;
  readonly resendRequest?: boolean;
};

const toRequest = (
  { user, original, createdWith, resendRequest }: Occasion,
  { auth, request }: Context,
): UserConditionRequest => ({
  object: toUserOfRequest(user),
  ...(original && { original: toUserOfRequest(original) }),
  master: auth.isMaster,
  ...(request.ip !== undefined && { ip: request.ip }),
  ...(auth.installationId && { installationId: auth.installationId }),
  ...(createdWith && { createdWith }),
  ...(resendRequest && { resendRequest }),
});

const holds = async (condition: UserCondition, occasion: Occasion, context: Context): Promise<boolean> =>
  typeof condition === 'function' ? (await condition(toRequest(occasion, context))) === true : condition;

/** What a write makes of a user, as far as it can be told before. */
export const writtenUser = ({ before, fields, objectId }: Write): JsonObject => ({ ...before, ...fields, objectId });

/** Whether the address of a user is to be verified: the option `verifyUserEmails`, which may be a function. */
export const wantsVerification = (occasion: Occasion, context: Context): Promise<boolean> =>
  holds(context.options.verifyUserEmails, occasion, context);

/** Whether nobody gets a session before the address is verified. The second option is not asked where the first says no. */
export const preventsSessions = async (occasion: Occasion, context: Context): Promise<boolean> =>
  (await wantsVerification(occasion, context)) &&
  (await holds(context.options.preventLoginWithUnverifiedEmail, occasion, context));

/** Whether the mail is sent that verifies an address: the option `sendUserEmailVerification`, which may be a function. */
export const sendsVerification = async (user: ParseRecord, { auth, options }: Context): Promise<boolean> => {
  const { sendUserEmailVerification: sends } = options;
  return typeof sends === 'function'
    ? Boolean(await sends({ user: toUserOfRequest(user), master: auth.isMaster }))
    : sends;
};
