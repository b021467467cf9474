import { refusal } from '../../parse/error.ts';
import type { JsonObject, ParseRecord } from '../../parse/record.ts';
import { toDate } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { newObjectId } from '../random.ts';
import { toFunctionLog } from './functions.ts';
import { decodeParams } from './params.ts';
import type { NamedJob } from './table.ts';

const STATUSES = '_JobStatus';

type JobStatus = { readonly status?: 'succeeded' | 'failed'; readonly message?: string; readonly finishedAt?: unknown };

/** Changes the status of a job that is still there; a reset in the meantime took it away. */
const note = (objectId: string, change: JobStatus, { store }: Context): void =>
  store.transact((transaction) => {
    const present = transaction.get(STATUSES, objectId);
    if (present) transaction.put(STATUSES, { ...present, ...change } as ParseRecord);
  });

const begin = (jobName: string, context: Context): string => {
  const objectId = newObjectId(context);
  const createdAt = new Date(context.clock.now()).toISOString();
  // Nobody but the master key is to see it, and it has no date of a change.
  const status = { objectId, jobName, status: 'running', source: 'api', createdAt, ACL: {} };
  context.store.transact((transaction) => transaction.put(STATUSES, status as unknown as ParseRecord));
  return objectId;
};

const textOf = (outcome: unknown): { message?: string } => {
  const message = outcome instanceof Error ? outcome.message : outcome;
  return typeof message === 'string' && message !== '' ? { message } : {};
};

const work = async (run: NamedJob, request: Parameters<NamedJob>[0], context: Context): Promise<void> => {
  const end = (status: 'succeeded' | 'failed', outcome: unknown): void =>
    note(request.jobId, { status, finishedAt: toDate(context.clock.now()), ...textOf(outcome) }, context);
  try {
    end('succeeded', await run(request));
  } catch (error) {
    end('failed', error);
  }
};

/**
 * Starts a job and returns the id of its `_JobStatus` at once; how it ends is noted there. Throws 141 for an unknown name.
 */
export const startJob = async (jobName: string, params: JsonObject, context: Context): Promise<string> => {
  const run = context.functions.findJob(jobName);
  if (!run) throw refusal('jobUnknown', 'SCRIPT_FAILED', 'Invalid job.');
  const jobId = begin(jobName, context);
  const later = { ...context, store: context.store.forOne() }; // its writes are nobody's who waits for an answer
  const { headers, ip } = context.request;
  const message = async (text: unknown): Promise<void> => note(jobId, textOf(text), later);
  const request = { params: decodeParams(params), headers, ip, jobName, jobId, log: toFunctionLog(context), message };
  void Promise.resolve()
    .then(() => work(run, request, later))
    .catch((error: unknown) => context.log('error', `Failed to note how the job ${jobName} ended`, error));
  return jobId;
};
