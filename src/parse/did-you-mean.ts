const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [above, letter] of [...one].entries()) {
    const next = [above + 1];
    for (const [left, otherLetter] of [...other].entries()) {
      const replaced = (row[left] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(replaced, (row[left + 1] ?? 0) + 1, (next[left] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
};

/** The name that a mistyped one is nearest to, whatever the letter case; undefined when none is near. */
export const nearestName = (name: string, names: readonly string[]): string | undefined => {
  const wanted = name.toLowerCase();
  const [nearest] = names
    .map((candidate) => ({ candidate, far: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, far }) => far <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((one, other) => one.far - other.far);
  return nearest?.candidate;
};

/** ` Did you mean "…"?` for a name that is nearly one of `names`; else nothing. */
export const didYouMean = (name: string, names: readonly string[]): string => {
  const nearest = nearestName(name, names);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
};
