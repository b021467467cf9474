import type { CloudHost } from '../../../emulator/cloud-code.ts';
import type { TriggerRequest } from '../../../operations/triggers/triggers.ts';
import type { FunctionLog } from '../../../options/adapters.ts';
import { toJsonObject } from '../../../parse/json.ts';
import type { JsonObject } from '../../../parse/record.ts';
import type { ParseSdk, SdkObject } from '../parse-sdk.ts';

/** What code of the application is lent: the SDK, and the emulator behind it. */
export type Lender = { readonly parse: ParseSdk; readonly host: CloudHost; readonly log: FunctionLog };

/** A request as cloud code gets it, and what comes of what the code returns. */
export type Prepared<Answer> = {
  readonly request: { readonly [name: string]: unknown };
  readonly answer: (result: unknown) => Answer | Promise<Answer>;
};

/** An object in REST form as one of the SDK. */
export const toObject = ({ parse }: Lender, className: string, json: JsonObject): SdkObject =>
  parse.Object.fromJSON({ ...json, className });

/** The user who asks, as the SDK has it. */
export const toUser = (lender: Lender, user: JsonObject): SdkObject => toObject(lender, '_User', user);

/** What cloud code is shown of the settings, as Parse Server's `config`. */
export const toConfig = ({ host }: Lender): object => ({
  ...host.options,
  applicationId: host.options.appId,
  mount: host.options.serverURL,
});

/** Calls of cloud code itself have neither headers nor an address, as in Parse Server. */
export const toOrigin = ({ headers, ip }: Pick<TriggerRequest, 'headers' | 'ip'>): object =>
  ip === '' ? { headers: undefined, ip: undefined } : { headers, ip };

/** What every trigger is told. */
export const toCommon = (lender: Lender, request: TriggerRequest): { [name: string]: unknown } => ({
  triggerName: request.triggerName,
  master: request.master,
  isReadOnly: request.isReadOnly,
  log: lender.log,
  context: request.context,
  ...toOrigin(request),
  config: toConfig(lender),
  ...(request.user && {
    user: request.isBareUser ? { id: request.user['objectId'] } : toUser(lender, request.user),
  }),
  ...(request.installationId !== undefined && { installationId: request.installationId }),
});

type Found = { readonly [name: string]: unknown };

const hasFullJson = (value: unknown): value is { _toFullJSON(): unknown } =>
  typeof Object(value)._toFullJSON === 'function';

/** An object of the SDK in REST form, with what was set on it as it was set: a `Date` is a text then, as in Parse Server. */
export const toFound = ({ parse }: Lender, object: SdkObject): JsonObject => {
  const json: { [name: string]: unknown } = { ...object.toJSON() };
  const [pending = {}] = parse.CoreManager.getObjectStateController().getPendingOps(object._getStateIdentifier());
  for (const name of Object.keys(pending)) {
    const value = object.get(name);
    json[name] = hasFullJson(value) ? value._toFullJSON() : value;
  }
  const found: Found = { ...json, ...(json['className'] === undefined && { className: object.className }) };
  return toJsonObject(found);
};
