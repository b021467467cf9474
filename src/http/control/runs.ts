import { pathsOf } from '../../options/paths.ts';
import type { Parts } from '../parts.ts';
import type { RequestsLog } from '../steering/requests-log.ts';
import { clockRuns } from './clock.ts';
import { faultRuns } from './faults.ts';
import { insightRuns } from './insight.ts';
import { interceptRuns } from './intercepts.ts';
import { mailRuns } from './mail.ts';
import { objectRuns } from './objects.ts';
import type { Runs } from './run.ts';
import { stateRuns } from './state.ts';
import { userRuns } from './users.ts';

/** Every control route below `/emulator`, but for the stream of events. */
export const controlRuns = (parts: Parts, requests: RequestsLog): Runs => ({
  'GET ': () => {
    const { appId, appName, serverURL, apps } = parts.options;
    const graphQLURL = new URL(pathsOf(parts.options).graphQL || '/', serverURL).href;
    return { appId, appName, serverURL, graphQLURL, apps: apps ?? [] };
  },
  ...stateRuns(parts),
  ...mailRuns(parts.control),
  ...clockRuns(parts.control),
  ...userRuns(parts.control),
  ...objectRuns(parts),
  ...interceptRuns(parts.control),
  ...faultRuns(parts),
  ...insightRuns(parts, requests),
});
