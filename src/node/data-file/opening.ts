import { messageOf } from '../json/file-error.ts';
import { dropDraft } from './atomic-write.ts';
import { type FileState, journalOf, readFileState, tellTorn, toJournalState } from './file-state.ts';
import { finishCopy } from './in-place/copy.ts';
import { mendGap } from './in-place/fold.ts';
import { Journal } from './journal/journal.ts';
import { readJournal, repairJournal } from './journal/repair.ts';
import { FOREIGN, setAside } from './set-aside.ts';

type Listeners = { readonly warn: (message: string) => void; readonly repair?: boolean };

/** Closes the gap that a crash has left in the file, and lets the journal go on from there. */
const closeGap = async (file: string): Promise<void> => {
  await mendGap(file, async (into) => {
    const journal = await readJournal(journalOf(file));
    if (!journal?.header) return;
    const opened = new Journal(journalOf(file), toJournalState(journal.header, journal));
    await opened.announce({ into, entries: 0 });
    await opened.close();
  });
};

/** Finishes what a crash has left half done with a data file, then reads it and its journal. Throws an error that names the place. */
export const readForUse = async (file: string, { warn, repair = false }: Listeners): Promise<FileState> => {
  if (repair) await repairJournal(journalOf(file), warn);
  await closeGap(file);
  await finishCopy(file, journalOf(file), warn);
  await dropDraft(file);
  const state = await readFileState(file);
  const { journal, replay } = state;
  tellTorn(file, state, warn);
  if (replay?.belonging === 'edited' && replay.entries.length > 0)
    warn(`${file} was edited after a crash; the ${replay.entries.length} commits of its journal were applied to it`);
  if (replay?.belonging !== 'foreign') return state;
  if (journal?.entries.length) await setAside(journalOf(file), FOREIGN, warn);
  return { ...state, journal: undefined };
};

/** Says what cannot be done with a file that is read all the same. */
export const unkeptMessage = (error: unknown): string => `${messageOf(error)}. It is read, but nothing can be kept`;
