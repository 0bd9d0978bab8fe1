/** An expected result: a value, or a refusal with a word that the screens translate. */
export type Outcome<T, Reason extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: Reason; readonly params?: Params };

export type Params = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export function accept<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refuse<Reason extends string>(
  reason: Reason,
  params: Params = {},
): { readonly ok: false; readonly reason: Reason; readonly params: Params } {
  return { ok: false, reason, params };
}

/** Thrown when the record contradicts itself: a bug or damage, never a user's mistake. */
export class BrokenPromise extends Error {
  readonly code: 'ledger-gap' | 'row-missing' | 'unknown-fact' | 'object-damaged' | 'slot-missing';
  constructor(code: BrokenPromise['code'], message: string) {
    super(message);
    this.name = 'BrokenPromise';
    this.code = code;
  }
}

/** Thrown when the program must not start or go on: says what happened, what was kept, what to do. */
export class Halt extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Halt';
    this.code = code;
  }
}
