import { expect } from 'vitest';
import { idMaker } from '../../src/kernel/chance.ts';
import { type Ledger, makeLedger } from '../../src/modules/ledger/ledger.actions.ts';
import { openLog } from '../../src/modules/ledger/open.actions.ts';
import { makeSealer, type Sealer } from '../../src/modules/ledger/sealer.actions.ts';
import { verifyLog } from '../../src/modules/ledger/verify.actions.ts';
import { openKeys } from '../../src/modules/vault/keys.store.ts';
import { openVault, type Vault } from '../../src/modules/vault/vault.actions.ts';
import { atEndOfFile } from './at-end.ts';
import { type SeededChance, seededChance } from './seeded-chance.ts';
import { temporaryFolder } from './temporary-folder.ts';
import type { TestDatabase } from './test-database.ts';

/** Vault and ledger alone. Opening the same folder again is what a restart after a crash does. */
export type TestLedger = {
  readonly ledger: Ledger;
  readonly sealer: Sealer;
  readonly vault: Vault;
  readonly chance: SeededChance;
  readonly dataDir: string;
};

let opened = 0;

/** @param wrap puts a faulty part in place of a good one */
export async function openLedger(
  { db }: TestDatabase,
  dataDir: string = temporaryFolder(),
  wrap: (vault: Vault) => Vault = (vault) => vault,
): Promise<TestLedger> {
  const chance = seededChance(`${dataDir}/${opened++}`);
  const keys = await openKeys(dataDir, chance);
  const real = await openVault(db, dataDir, keys, chance);
  atEndOfFile(real.close);
  const vault = wrap(real);
  const ledger = makeLedger({ db, vault, chance, newId: idMaker(chance), wake: () => {} });
  const sealer = makeSealer(db, keys, dataDir);
  await openLog(ledger, sealer, dataDir);
  return { ledger, sealer, vault, chance, dataDir };
}

/** Audits everything, down to each envelope and object. */
export async function expectSound({ ledger, sealer, dataDir }: TestLedger): Promise<void> {
  expect(await verifyLog(ledger, sealer, dataDir, true)).toMatchObject({ ok: true, failures: [] });
}
