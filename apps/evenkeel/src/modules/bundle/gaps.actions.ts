import { coverageOf } from '../interaction/coverage.actions.ts';
import { allGaps } from '../interaction/gaps.actions.ts';
import type { Gap } from '../interaction/gaps.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { gapsDocument } from './gaps-document.ts';
import type { Gathered } from './gather.actions.ts';

const OF_EACH_KIND = 20_000;

/** What is missing about a party: the same for page 1 and for the table. */
export function gapsOf(ledger: Ledger, party: string): Promise<readonly Gap[]> {
  return allGaps(ledger, party, OF_EACH_KIND);
}

type Asked = {
  readonly gathered: Gathered;
  readonly exhibited: ReadonlySet<string>;
  readonly party: string;
  readonly gaps: readonly Gap[];
};

/** `gaps.csv`: what is missing, and how far each source was read. */
export async function gapsFile(ledger: Ledger, asked: Asked) {
  const bytes = gapsDocument(asked, asked.gaps, await coverageOf(ledger, asked.party));
  return bytes === null ? [] : [{ path: 'gaps.csv', bytes }];
}
