import { useEffect, useState } from 'react';

/** Counts the seconds as long as the component is shown, so that what it shows is read anew. */
export const useEverySecond = (seconds = 1): number => {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setCount((last) => last + 1), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return count;
};
