import type { JsonObject } from '../../parse/record.ts';
import { copy } from '../../store/frozen.ts';
import { askingUser } from '../asking-user.ts';
import type { Context } from '../context.ts';
import { toThrown, type Unsaid } from '../thrown.ts';
import type { ObjectRequest, TriggerName, TriggerRequest } from './triggers.ts';

/** A record without the fields that never leave the operations. */
export const withoutInternals = (record: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !name.startsWith('_')));

type Asker = Pick<TriggerRequest, 'user' | 'isBareUser'>;

const askerOf = ({ auth }: Context): Asker => {
  const user = askingUser({ auth });
  if (!user) return {};
  if (auth.userForm === undefined) return { user };
  const { objectId = '' } = user;
  return { user: { objectId }, ...(auth.userForm === 'bare' && { isBareUser: true }) };
};

/** What a trigger is told of the request. */
export const toTriggerRequest = (triggerName: TriggerName, className: string, context: Context): TriggerRequest => {
  const { auth, request } = context;
  const { isMaster, isReadOnly = false, isCloud } = auth;
  const installationId = auth.installationId ?? (isCloud ? 'cloud' : undefined);
  return {
    triggerName,
    className,
    master: isMaster,
    isReadOnly,
    ...askerOf(context),
    ...(installationId && { installationId }),
    headers: { ...request.headers },
    ip: request.ip,
    context: Object.assign(Object.create(null), request.cloudContext),
  };
};

/** Those whose context is seen by the triggers that follow. */
const HANDING_ON: ReadonlySet<TriggerName> = new Set([
  'beforeSave',
  'afterSave',
  'beforeDelete',
  'afterDelete',
  'beforeFind',
]);

/** What a trigger is refused with that throws nothing. */
const SCRIPT_FAILED: Unsaid = { code: 'SCRIPT_FAILED', message: 'Script failed. Unknown error.' };

/** Runs a trigger and lets it hand on what it put into the context. Throws what it throws as an error of Parse's. */
export const runTrigger = async <Request extends TriggerRequest, Result>(
  trigger: (request: Request) => Result | Promise<Result>,
  request: Request,
  { request: { cloudContext } }: Context,
  unsaid: Unsaid = SCRIPT_FAILED,
): Promise<Result> => {
  try {
    const { context } = request;
    const result = await trigger({ ...copy(request), context }); // what it wants changed it returns
    if (HANDING_ON.has(request.triggerName)) Object.assign(cloudContext, context);
    return result;
  } catch (error) {
    throw toThrown(error, unsaid, `${request.triggerName} ${request.className}`);
  }
};

type ObjectTriggerName =
  | 'beforeDelete'
  | 'afterDelete'
  | 'beforeLogin'
  | 'afterLogin'
  | 'afterLogout'
  | 'beforePasswordResetRequest';

/** Tells a trigger of an object, if the class has one of this name; nothing comes back but a refusal. */
export const tellTrigger = async (
  triggerName: ObjectTriggerName,
  className: string,
  object: JsonObject,
  context: Context,
): Promise<void> => {
  const trigger = context.triggers.of(className)?.[triggerName];
  if (!trigger) return;
  const request: ObjectRequest = { ...toTriggerRequest(triggerName, className, context), object };
  await runTrigger(trigger, request, context);
};
