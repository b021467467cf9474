const MUTATION_ID = 'Any text; it comes back with the answer, so that a client knows which mutation it belongs to.';

/** What is said of what all mutations have: an input, a payload, and an id of the client's. `types` is how the names of the two begin. */
export const mutationTypeTexts = (mutation: string, types: string): readonly (readonly [string, string])[] => [
  [`${types}Input`, `What \`${mutation}\` is told.`],
  [`${types}Input.clientMutationId`, MUTATION_ID],
  [`${types}Payload`, `What \`${mutation}\` answers.`],
  [`${types}Payload.clientMutationId`, MUTATION_ID],
];
