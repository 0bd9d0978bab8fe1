import type { FirstRun } from '../generated/types.gen.ts';
import type { WordKey } from '../words/t.ts';
import { READER_ZONE } from '../words/when.ts';

export type Typed = { code: string; name: string; addresses: string; password: string };

/** As the server asks: a long sentence is easier to keep than a short riddle. */
export const MIN_PASSWORD = 10;

/** Which fields keep the form from being sent, each with the words for it. */
export function whatIsMissing(typed: Typed): Partial<Record<keyof Typed, WordKey>> {
  return {
    ...(typed.code.trim() === '' && { code: 'first.codeMissing' as const }),
    ...(typed.name.trim() === '' && { name: 'first.nameMissing' as const }),
    ...(typed.password.length < MIN_PASSWORD && { password: 'first.passwordShort' as const }),
  };
}

/** Addresses may be divided by commas, semicolons, spaces or lines. */
export function firstRunAnswers({ code, name, addresses, password }: Typed): FirstRun {
  return {
    code: code.trim(),
    name: name.trim(),
    addresses: addresses.split(/[\s,;]+/).filter((each) => each !== ''),
    password,
    zone: READER_ZONE,
  };
}
