import { afterAll, expect, it } from 'vitest';
import { createClient, MASTER } from '../../support/rest-client.ts';

const { emulator, call } = createClient();
afterAll(() => emulator.close());

const ask = async (method: string, path: string, body?: unknown) => (await call(method, path, body, MASTER)).body;

it('a schedule is kept, begins now if it does not say when, and can be taken away', async () => {
  const { objectId } = (await ask('POST', '/cloud_code/jobs', { job_schedule: { description: 'nightly' } })) as {
    objectId: string;
  };
  expect(await ask('GET', '/cloud_code/jobs')).toMatchObject([
    { objectId, description: 'nightly', startAfter: expect.any(String) },
  ]);
  await ask('PUT', `/cloud_code/jobs/${objectId}`, { job_schedule: { description: 'daily' } });
  expect(await ask('GET', '/cloud_code/jobs')).toMatchObject([{ objectId, description: 'daily' }]);
  expect(await ask('DELETE', `/cloud_code/jobs/${objectId}`)).toEqual({});
  expect(await ask('GET', '/cloud_code/jobs')).toEqual([]);
});

it('a job that is not there cannot be scheduled or run', async () => {
  expect(await ask('POST', '/cloud_code/jobs', { job_schedule: { jobName: 'nope' } })).toEqual({
    code: 1,
    error: 'Cannot Schedule a job that is not deployed',
  });
  expect(await ask('POST', '/jobs/nope', {})).toEqual({ code: 141, error: 'Invalid job.' });
});
