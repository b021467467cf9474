import { type Validated, validate } from '../../operations/functions/validators.ts';
import type { ClassTriggers, FileTriggers, TriggerRequest, TriggerTable } from '../../operations/triggers/triggers.ts';
import { type Definition, type Definitions, fromLatest } from './definitions.ts';
import type { ParseSdk, SdkObject } from './parse-sdk.ts';
import { afterFindRequest, beforeFindRequest } from './requests/find-requests.ts';
import { configRequest, fileRequest, objectRequest } from './requests/object-requests.ts';
import type { Lender, Prepared } from './requests/requests.ts';
import { afterSaveRequest, beforeSaveRequest } from './requests/save-requests.ts';

/** Runs code of the application, in the scope of its emulator; `running` is what it runs in, for people. */
export type RunCode = <Result>(running: string, work: () => Promise<Result>) => Promise<Result>;

type Told = { readonly [name: string]: unknown };

const VALIDATION_FAILED = 142;

const isObject = (value: unknown): value is SdkObject => typeof Object(value)?.get === 'function';

// Turns what a validator threw into what clients read: an error of Parse's as it is, anything else with the code 142.
const refusedByValidator = (thrown: unknown, parse: ParseSdk): Error => {
  if (thrown instanceof parse.Error) return thrown;
  const message = thrown ? Object(thrown).message || thrown : 'Validation failed.';
  return new parse.Error(VALIDATION_FAILED, message);
};

/** The parameters themselves, which take default values. */
const paramsOf = ({ params }: { readonly params?: { [name: string]: unknown } }): { [name: string]: unknown } =>
  params ?? {};

// A configuration has its values, and no form of JSON.
const valuesOf = (object: SdkObject): { [name: string]: unknown } =>
  typeof object.toJSON === 'function' ? object.toJSON() : { ...object.attributes };

const toValidated = (request: Told, { host }: Lender): Validated => {
  const object = isObject(request['object']) ? request['object'] : undefined;
  const asking = isObject(request['user']) ? request['user'] : undefined;
  const isNew = object !== undefined && request['original'] === undefined;
  const user = asking ?? (object?.className === '_User' && !object.existed() ? object : undefined);
  return {
    master: request['master'] === true,
    user,
    params: object ? valuesOf(object) : paramsOf(request),
    ...(object && {
      object: { isNew, set: (name, value) => void object.set(name, value), revert: (name) => object.revert(name) },
    }),
    roles: () => (asking?.id === undefined ? [] : host.rolesOf(asking.id)),
  };
};

/** Has the validator of a definition look at a request. Returns whether the trigger is passed by. Throws what refuses. */
export const checkDefinition = async ({ validator }: Definition, request: Told, lender: Lender): Promise<boolean> => {
  if (!validator) return false;
  try {
    if (typeof validator === 'function') await validator(request);
    else await validate(validator, toValidated(request, lender));
  } catch (thrown) {
    throw refusedByValidator(thrown, lender.parse);
  }
  return typeof validator === 'object' && validator.skipWithMasterKey === true && request['master'] === true;
};

type Prepare<Request, Answer> = (lender: Lender, request: Request) => Prepared<Answer>;

/** Makes the functions that the emulator calls of those that the application defined. */
const createWrap =
  (lender: Lender, run: RunCode) =>
  <Request extends TriggerRequest, Answer>(definition: Definition | undefined, prepare: Prepare<Request, Answer>) =>
    definition &&
    ((request: Request): Promise<Answer> =>
      run(`${request.triggerName} ${request.className}`, async () => {
        const prepared = prepare(lender, request);
        const isSkipped = await checkDefinition(definition, prepared.request, lender);
        const result = isSkipped ? undefined : await definition.handler(prepared.request);
        Object.assign(request.context, prepared.request['context']);
        return prepared.answer(result);
      }));

const withoutMissing = <Triggers extends object>(triggers: Triggers): Triggers =>
  Object.fromEntries(Object.entries(triggers).filter(([, trigger]) => trigger !== undefined)) as Triggers;

const toTable = ({ triggers }: Definitions, lender: Lender, run: RunCode): TriggerTable => {
  const wrap = createWrap(lender, run);
  const ofClass = (className: string, defined: ReadonlyMap<string, Definition>): ClassTriggers => {
    const isConfig = className === '@Config';
    const object = (name: string) => wrap(defined.get(name), objectRequest);
    return withoutMissing({
      beforeSave: wrap(defined.get('beforeSave'), isConfig ? configRequest : beforeSaveRequest),
      afterSave: wrap(defined.get('afterSave'), isConfig ? configRequest : afterSaveRequest),
      beforeFind: wrap(defined.get('beforeFind'), beforeFindRequest),
      afterFind: wrap(defined.get('afterFind'), afterFindRequest),
      beforeDelete: object('beforeDelete'),
      afterDelete: object('afterDelete'),
      beforeLogin: object('beforeLogin'),
      afterLogin: object('afterLogin'),
      afterLogout: object('afterLogout'),
      beforePasswordResetRequest: object('beforePasswordResetRequest'),
    } as ClassTriggers);
  };
  const ofFiles = (defined: ReadonlyMap<string, Definition>): FileTriggers =>
    withoutMissing(
      Object.fromEntries(
        [...defined].map(([name, definition]) => [name, wrap(definition, fileRequest)]),
      ) as FileTriggers,
    );
  const made = new Map([...triggers].map(([className, defined]) => [className, ofClass(className, defined)]));
  const files = triggers.get('@File');
  return { of: (className) => made.get(className), files: files && ofFiles(files) };
};

/** What cloud code has defined by now, as the emulator asks for it. */
export const createTriggerTable = (definitions: Definitions, lender: Lender, run: RunCode): TriggerTable => {
  const table = fromLatest(definitions, () => toTable(definitions, lender, run));
  return {
    of: (className) => table().of(className),
    get files() {
      return table().files;
    },
  };
};
