import { requireWritingMaster } from '../../operations/access/keys.ts';
import type { Context } from '../../operations/context.ts';
import { startJob } from '../../operations/functions/jobs.ts';
import { createObject, deleteObject, updateObject } from '../../operations/objects/objects.ts';
import { findObjects } from '../../operations/queries/queries.ts';
import { ParseError } from '../../parse/error.ts';
import { isObject, type JsonObject } from '../../parse/record.ts';
import { masterOnly } from '../errors.ts';
import { ok, type RestCall, type RestRoute } from '../message.ts';

const SCHEDULE_CLASS = '_JobSchedule';

const scheduled = async (context: Context): Promise<readonly JsonObject[]> =>
  (await findObjects(SCHEDULE_CLASS, {}, context)).results;

/** What a schedule says, which begins now if it says nothing of that. It is kept, and starts nothing by itself. */
const scheduleIn = ({ fields }: RestCall, context: Context): JsonObject => {
  const schedule = fields['job_schedule'];
  if (!isObject(schedule)) throw new TypeError('Failed to read a schedule: the body has none');
  const { jobName } = schedule;
  if (jobName && !context.functions.jobNames().includes(String(jobName))) {
    throw new ParseError('INTERNAL_SERVER_ERROR', 'Cannot Schedule a job that is not deployed');
  }
  return { startAfter: new Date(context.clock.now()).toISOString(), ...schedule };
};

const runJob = masterOnly(async ({ named, fields, query }, context) => {
  requireWritingMaster(context, 'run a job');
  const { jobName } = fields;
  if (!named.name && typeof jobName !== 'string') throw new TypeError('Failed to run a job: it has no name');
  const jobId = await startJob(named.name || String(jobName), { ...fields, ...query }, context);
  return { status: 200, headers: { 'x-parse-job-status-id': jobId }, body: {} };
});

/** Jobs, and their schedules, which are kept for the Parse Dashboard. */
export const JOB_ROUTES: readonly RestRoute[] = [
  { method: 'POST', path: '/jobs', run: runJob },
  { method: 'POST', path: '/jobs/:name', isOnce: true, run: runJob },
  {
    method: 'GET',
    path: '/cloud_code/jobs',
    run: masterOnly(async (_call, context) => ok([...(await scheduled(context))])),
  },
  {
    method: 'GET',
    path: '/cloud_code/jobs/data',
    run: masterOnly(async (_call, context) => {
      const jobs = await scheduled(context);
      return ok({ in_use: jobs.map((job) => job['jobName'] ?? null), jobs: [...context.functions.jobNames()] });
    }),
  },
  {
    method: 'POST',
    path: '/cloud_code/jobs',
    run: masterOnly(async (call, context) => ({
      status: 201,
      body: (await createObject(SCHEDULE_CLASS, scheduleIn(call, context), context)).answer,
    })),
  },
  {
    method: 'PUT',
    path: '/cloud_code/jobs/:objectId',
    run: masterOnly(async (call, context) => {
      const schedule = scheduleIn(call, context);
      return ok({ response: await updateObject(SCHEDULE_CLASS, call.named.objectId, schedule, context) });
    }),
  },
  {
    method: 'DELETE',
    path: '/cloud_code/jobs/:objectId',
    run: masterOnly(async ({ named }, context) => {
      await deleteObject(SCHEDULE_CLASS, named.objectId, context);
      return ok({});
    }),
  },
];
