/** A string or number that cannot be passed where another kind is meant. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };

export type WorkspaceId = Brand<string, 'WorkspaceId'>;
/** Identifies one entry of the ledger, and through it everything that was derived from it. */
export type RecordId = Brand<string, 'RecordId'>;

/** Who did it: `member:<id>`, or `owner` through the control socket of this machine. */
export type Actor = Brand<string, 'Actor'>;
