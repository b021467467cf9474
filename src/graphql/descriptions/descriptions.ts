/** Texts by what they tell of: `User`, `User.email`, `Query.users(first)`. */
export type Descriptions = { readonly [coordinate: string]: string };
