/** What is found out when it is first asked for, and then kept: something that is always the same. */
export const once = <Result>(find: () => Result): (() => Result) => {
  let found: { readonly result: Result } | undefined;
  return () => {
    found ??= { result: find() };
    return found.result;
  };
};
