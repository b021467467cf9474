import { pathsOf } from '../../options/paths.ts';
import type { Parts } from '../parts.ts';
import type { Fault } from '../steering/faults.ts';
import type { RequestsLog } from '../steering/requests-log.ts';
import { clockRuns } from './clock.ts';
import { interceptRuns } from './intercepts.ts';
import { mailRuns } from './mail.ts';
import { objectRuns } from './objects.ts';
import type { Runs } from './run.ts';
import { userRuns } from './users.ts';

const historyRuns = ({ control, store }: Parts): Runs => ({
  'GET /history': () => control.history.list(),
  'POST /history/undo': async () => {
    const own = store.forOne();
    const undone = control.history.undo(own);
    await own.settled();
    return undone;
  },
});

const stateRuns = ({ control }: Parts): Runs => ({
  'POST /reset': () => control.reset(),
  'POST /seed': (body, query) => control.seed(body, { ifEmpty: query.get('ifEmpty') === 'true' }),
  'GET /state': () => control.snapshot(),
  'PUT /state': (body) => control.restore(body),
});

const faultRuns = ({ faults }: Parts): Runs => ({
  'GET /faults': () => faults?.list(),
  'POST /faults': (body) => {
    faults?.add(body as Fault | readonly Fault[]); // it looks
    return faults?.list();
  },
  'DELETE /faults': () => faults?.clear(),
});

/** Every control route below `/emulator`, but for the stream of events. */
export const controlRuns = (parts: Parts, requests: RequestsLog): Runs => ({
  'GET ': () => {
    const { appId, appName, serverURL, apps } = parts.options;
    const graphQLURL = new URL(pathsOf(parts.options).graphQL || '/', serverURL).href;
    return { appId, appName, serverURL, graphQLURL, apps: apps ?? [] };
  },
  ...stateRuns(parts),
  ...historyRuns(parts),
  ...mailRuns(parts.control),
  ...clockRuns(parts.control),
  ...userRuns(parts.control),
  ...objectRuns(parts),
  ...interceptRuns(parts.control),
  ...faultRuns(parts),
  'GET /requests': () => requests.list(),
});
