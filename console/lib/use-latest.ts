import { useState } from 'react';

/** The last value that was there: what is read anew does not vanish meanwhile. */
export const useLatest = <Value>(value: Value | undefined): Value | undefined => {
  const [latest, setLatest] = useState(value);
  if (value !== undefined && value !== latest) setLatest(value);
  return value ?? latest;
};
