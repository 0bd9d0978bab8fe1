/** What is wrong with a pack, and where. */
export type PackProblem = { readonly file: string; readonly line: number; readonly reason: string };

/** Says that something at a place of `pack.yaml` is wrong. */
export type Complain = (path: readonly (string | number)[], reason: string) => void;
