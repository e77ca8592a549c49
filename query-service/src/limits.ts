/** How much of what lasts long one client, and all together, may have at a time. */
export const limits = {
  /** Live tails that one subject has open: a person with many windows, a program with many copies. */
  tailsPerSubject: 20,
  /** Live tails in all: each asks the database once a second. */
  tails: 200,
  /** Exports of one subject. */
  exportsPerSubject: 4,
  /** Exports in all; more than the connections that they take turns on. */
  exports: 12,
  /** A client that takes nothing of what is sent to it for so long is cut off; it can go on where it was. */
  stalledMs: 120_000,
} as const;

/** The limits of a service. */
export type Limits = { readonly [name in keyof typeof limits]: number };
