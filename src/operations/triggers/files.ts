import type { ErrorCode } from '../../parse/error.ts';
import type { Context } from '../context.ts';
import { runTrigger, toTriggerRequest } from './run.ts';
import type { FileRequest, FileTriggers, TriggeredFile } from './triggers.ts';

const FILE_CLASS = '@File';

/** A file on its way, and its size in bytes; null where it is not known. */
export type SizedFile = { readonly file: TriggeredFile; readonly fileSize: number | null };

const CODES: { readonly [Name in keyof FileTriggers]-?: ErrorCode } = {
  beforeSave: 'FILE_SAVE_ERROR',
  afterSave: 'FILE_SAVE_ERROR',
  beforeDelete: 'FILE_DELETE_ERROR',
  afterDelete: 'FILE_DELETE_ERROR',
};

/** Runs a trigger of files, if there is one. Resolves with the file that it returns; what it throws without a code has that of files. */
export const runFileTrigger = async (
  triggerName: keyof FileTriggers,
  sized: SizedFile,
  context: Context,
): Promise<TriggeredFile | undefined> => {
  const trigger = context.triggers.files?.[triggerName];
  if (!trigger) return undefined;
  const request: FileRequest = { ...toTriggerRequest(triggerName, FILE_CLASS, context), ...sized };
  const code = CODES[triggerName];
  const message = code === 'FILE_SAVE_ERROR' ? `Could not store file: ${sized.file.name}.` : 'Could not delete file.';
  return (await runTrigger(trigger, request, context, { code, message })) ?? undefined;
};
