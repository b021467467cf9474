import { parentPort } from 'node:worker_threads';
import { bcryptPasswords } from '../../operations/passwords.ts';
import type { PasswordJob, PasswordOutcome } from './password-job.ts';

const work = async (job: PasswordJob): Promise<PasswordOutcome> => {
  try {
    const value =
      job.kind === 'hash'
        ? await bcryptPasswords.hash(job.password, job.rounds)
        : await bcryptPasswords.compare(job.password, job.passwordHash);
    return { value };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
};

// The whole of a worker thread: it is loaded for this, and answers one job after the other.
parentPort?.on('message', async (job: PasswordJob) => parentPort?.postMessage(await work(job)));
