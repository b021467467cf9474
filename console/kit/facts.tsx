import type { ReactNode } from 'react';

/** A name and what it is. */
export type Fact = { readonly name: string; readonly value: ReactNode };

/** A list of names and what they are. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }): ReactNode => (
  <dl className="pue-facts">
    {facts.map(({ name, value }) => (
      <div key={name} className="pue-fact">
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
