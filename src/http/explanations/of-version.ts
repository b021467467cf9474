import type { Options } from '../../options/table.ts';
import type { Reason } from '../../parse/reason.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import { IN_PROGRAM, type Say } from './say.ts';

const keyOf = (reason: Reason): string | undefined => {
  if (typeof reason !== 'object') return String(reason);
  return 'code' in reason ? String(reason.code) : undefined;
};

/** The same words, which also tell where an answer is this version's own: "8.6 has …". */
export const sayingVersion = (say: Say | undefined, options: Pick<Options, 'parseVersion'>): Say | undefined => {
  const { ownAnswers } = behaviourOf(options);
  if (Object.keys(ownAnswers).length === 0) return say;
  return {
    ...(say ?? IN_PROGRAM),
    ofVersion: (reason) => {
      const own = ownAnswers[keyOf(reason) ?? ''];
      return own && `${options.parseVersion} has ${own}.`;
    },
  };
};
