import {
  createHook,
  deleteHook,
  findHook,
  type HookName,
  listHooks,
  unknownHook,
  updateHook,
} from '../../operations/hooks.ts';
import { masterOnly } from '../errors.ts';
import { type Named, ok, type RestCall, type RestRoute } from '../message.ts';

const toFunction = ({ name }: Named): HookName => ({ functionName: name });
const toTrigger = ({ className, name }: Named): HookName => ({ className, triggerName: name });

/** What a body says that takes a hook away in place of changing it. */
const isRemoval = ({ fields }: RestCall): boolean => fields['__op'] === 'Delete';

const rowsOf = (kind: 'functions' | 'triggers', one: string, toName: (named: Named) => HookName): RestRoute[] => [
  { method: 'GET', path: `/hooks/${kind}`, run: masterOnly((_call, context) => ok([...listHooks(kind, context)])) },
  {
    method: 'POST',
    path: `/hooks/${kind}`,
    run: masterOnly(({ fields }, context) => ok(createHook(fields, context))),
  },
  {
    method: 'GET',
    path: one,
    run: masterOnly(({ named }, context) => {
      const hook = findHook(toName(named), context);
      if (!hook) throw unknownHook(toName(named));
      return ok(hook);
    }),
  },
  {
    method: 'PUT',
    path: one,
    run: masterOnly((call, context) => {
      const name = toName(call.named);
      if (!isRemoval(call)) return ok(updateHook(name, call.fields, context));
      deleteHook(name, context);
      return ok({});
    }),
  },
];

/** The addresses at which functions and triggers would be asked, as the Parse Dashboard edits them. */
export const HOOK_ROUTES: readonly RestRoute[] = [
  ...rowsOf('functions', '/hooks/functions/:name', toFunction),
  ...rowsOf('triggers', '/hooks/triggers/:className/:name', toTrigger),
];
