import { behaviourOf } from '../../parse/versions/versions.ts';
import { masterOnly } from '../errors.ts';
import { ok, type RestRoute } from '../message.ts';

/** The Parse Server whose answers these are. The Parse Dashboard shows it and looks into `features`. */
const SERVER_INFO = {
  features: {
    globalConfig: { create: true, read: true, update: true, delete: true },
    hooks: { create: true, read: true, update: true, delete: true },
    cloudCode: { jobs: true },
    logs: { level: true, size: true, order: true, until: true, from: true },
    push: {
      immediatePush: false,
      scheduledPush: false,
      storedPushData: false,
      pushAudiences: true,
      localization: true,
    },
    schemas: {
      addField: true,
      removeField: true,
      addClass: true,
      removeClass: true,
      clearAllDataFromClass: true,
      exportClass: false,
      editClassLevelPermissions: true,
      editPointerPermissions: true,
    },
    settings: { securityCheck: false },
  },
};

const serverInfo: RestRoute['run'] = (_call, { options }) =>
  ok({ ...SERVER_INFO, parseServerVersion: behaviourOf(options).patch });

/** What the server is, for the Parse Dashboard. */
export const SERVER_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/serverInfo', run: masterOnly(serverInfo) },
];
