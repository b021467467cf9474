import { type RefObject, useEffect, useRef } from 'react';

/** The value of the latest rendering, for what is called later: effects need not begin anew when it is another. */
export const useCurrent = <Value>(value: Value): RefObject<Value> => {
  const current = useRef(value);
  useEffect(() => {
    current.current = value;
  });
  return current;
};
