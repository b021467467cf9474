/** What a person reads of an error. */
export const messageOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return message === '' ? 'Something went wrong, and nothing says what.' : message;
};
