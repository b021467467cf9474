import { getConfig, updateConfig } from '../../operations/config.ts';
import { masterOnly } from '../errors.ts';
import { ok, type RestRoute } from '../message.ts';

/** The configuration that clients read (`Parse.Config`) and the master key writes. */
export const CONFIG_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/config', run: (_call, context) => ok(getConfig(context)) },
  {
    method: 'PUT',
    path: '/config',
    run: masterOnly(async ({ fields }, context) => ok(await updateConfig(fields, context))),
  },
];
