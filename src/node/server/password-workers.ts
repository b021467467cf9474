import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { bcryptPasswords } from '../../operations/passwords.ts';
import type { PasswordHasher } from '../../options/adapters.ts';
import type { PasswordJob, PasswordOutcome } from './password-job.ts';

/** Makes and compares hashes beside the main thread, which goes on answering requests. */
export interface PasswordWorkers extends PasswordHasher {
  /** Ends the workers. What they have not done yet is done on the main thread. */
  close(): Promise<void>;
}

type Task = { readonly job: PasswordJob; readonly settle: (outcome: PasswordOutcome | undefined) => void };

type Slot = { readonly worker: Worker; task: Task | undefined; rest: NodeJS.Timeout | undefined };

const MOST_WORKERS = 2;

/** Milliseconds after which a worker with nothing to do is let go: each holds some 20 MB, and starts in a moment. */
const PATIENCE = 2000;

// Hashing needs next to no memory, and a worker would take what it can get.
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 };

/** One core stays free for the main thread. */
const workerCount = (): number => Math.min(MOST_WORKERS, Math.max(1, availableParallelism() - 1));

/** The built worker beside the built entry. Run from source there is none, and passwords are hashed on the main thread. */
const workerFile = new URL('./password-worker.js', import.meta.url);

/** Hands one task at a time to each of a few workers; they begin with the first task and hold no process back. */
class Pool {
  readonly #file: URL;
  readonly #slots = new Set<Slot>();
  readonly #waiting: Task[] = [];
  #isOpen = true;

  constructor(file: URL) {
    this.#file = file;
  }

  /** What came of the job; undefined when no worker could do it. */
  run(job: PasswordJob): Promise<PasswordOutcome | undefined> {
    if (!this.#isOpen) return Promise.resolve(undefined);
    return new Promise((settle) => {
      this.#waiting.push({ job, settle });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    const workers = [...this.#slots].map(({ worker }) => worker);
    for (const { settle } of this.#waiting.splice(0)) settle(undefined);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #next(): void {
    const slot =
      [...this.#slots].find(({ task }) => !task) ?? (this.#slots.size < workerCount() ? this.#start() : undefined);
    const task = slot && this.#waiting.shift();
    if (!slot || !task) return;
    clearTimeout(slot.rest);
    slot.task = task;
    slot.worker.ref();
    slot.worker.postMessage(task.job);
  }

  #letGo(slot: Slot): void {
    this.#slots.delete(slot);
    void slot.worker.terminate();
  }

  #start(): Slot {
    const worker = new Worker(this.#file, { execArgv: [], resourceLimits: LIMITS });
    const slot: Slot = { worker, task: undefined, rest: undefined };
    const finish = (outcome: PasswordOutcome | undefined): void => {
      slot.task?.settle(outcome);
      slot.task = undefined;
    };
    slot.worker.on('message', (outcome: PasswordOutcome) => {
      finish(outcome);
      slot.worker.unref();
      this.#next();
      if (!slot.task) slot.rest = setTimeout(() => this.#letGo(slot), PATIENCE).unref();
    });
    slot.worker.on('error', () => undefined); // its end follows
    slot.worker.on('exit', () => {
      if (!this.#slots.delete(slot)) return; // it was let go
      this.#isOpen = false; // a worker that could not go on will not the next time either
      finish(undefined);
      for (const { settle } of this.#waiting.splice(0)) settle(undefined);
    });
    this.#slots.add(slot);
    return slot;
  }
}

const toValue = (outcome: PasswordOutcome): string | boolean => {
  if ('failure' in outcome) throw new Error(outcome.failure);
  return outcome.value;
};

/** Passwords on worker threads; on the main thread where `file` is not there. */
export const createPasswordWorkers = (file: URL = workerFile): PasswordWorkers => {
  const pool = existsSync(fileURLToPath(file)) ? new Pool(file) : undefined;
  return {
    async hash(password, rounds) {
      const outcome = await pool?.run({ kind: 'hash', password, rounds });
      return outcome ? String(toValue(outcome)) : bcryptPasswords.hash(password, rounds);
    },
    async compare(password, passwordHash) {
      const outcome = await pool?.run({ kind: 'compare', password, passwordHash });
      return outcome ? toValue(outcome) === true : bcryptPasswords.compare(password, passwordHash);
    },
    close: async () => pool?.close(),
  };
};
