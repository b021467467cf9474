import { masterOnly } from './errors.ts';
import { ok, type RestRoute } from './message.ts';

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
  parseServerVersion: '9.10.0',
};

/** What the server is, and the lists that the Parse Dashboard asks for: they are as empty as those of a fresh server. */
export const SERVER_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/serverInfo', run: masterOnly(() => ok(SERVER_INFO)) },
  { method: 'GET', path: '/hooks/functions', run: masterOnly(() => ok([])) },
  { method: 'GET', path: '/hooks/triggers', run: masterOnly(() => ok([])) },
  { method: 'GET', path: '/cloud_code/jobs', run: masterOnly(() => ok([])) },
  { method: 'GET', path: '/cloud_code/jobs/data', run: masterOnly(() => ok({ in_use: [], jobs: [] })) },
  { method: 'GET', path: '/scriptlog', run: masterOnly(() => ok([])) },
  { method: 'POST', path: '/events/:name', run: () => ok({}) },
];
