import { signCheckpoint } from '@evenkeel/proof/checkpoint';
import { openHead } from '@evenkeel/proof/verify-heads';
import { expect, test } from 'vitest';
import { append, sealFacts } from '../../src/modules/ledger/ledger.actions.ts';
import { pageOfEntries } from '../../src/modules/ledger/ledger.store.ts';
import { LOCAL_OWNER, WORKSPACE_STREAM } from '../../src/modules/ledger/ledger.ts';
import { compareHead } from '../../src/modules/ledger/ots.actions.ts';
import { openEntries } from '../../src/modules/ledger/read.actions.ts';
import { goOnRestored } from '../../src/modules/ledger/restore.actions.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { expectSound, openLedger, type TestLedger } from '../support/test-ledger.ts';

const backupOf = '2026-05-21T09:00:00.000Z';

async function note({ ledger }: TestLedger): Promise<void> {
  const fact = { kind: 'test.noted' };
  const pending = await sealFacts(ledger, [{ fact, stream: WORKSPACE_STREAM, actor: LOCAL_OWNER }]);
  await ledger.db.transaction().execute((tx) => append(tx, ledger, pending));
}

/** A record as a restore leaves it, a head from before the backup, and one that the lost folder signed after it. */
async function restored() {
  const opened = await openLedger(await freshDatabase());
  await note(opened);
  const early = await opened.sealer.seal();
  await note(opened);
  const { size } = await opened.sealer.seal();
  const { signer, origin } = opened.sealer.key;
  const late = await signCheckpoint({ origin, size: size + 7, root: new Uint8Array(32) }, signer);
  return { opened, early, late, size };
}

test('it goes on under a new key, says so in a line, and heads from before the backup still fit', async () => {
  const { opened, early, size } = await restored();
  const wentOn = await goOnRestored(opened.ledger, opened.sealer, { backupOf, lastHead: null });
  expect(wentOn).toMatchObject({ size, lost: null });
  expect(wentOn.vkey).not.toBe(early.vkey);
  expect(await compareHead(opened.ledger, opened.sealer, early.note)).toMatchObject({
    value: { agrees: true },
  });
  const entries = await pageOfEntries(opened.ledger.db, opened.ledger.workspaceId, size, 10);
  const [said, changed] = await openEntries(opened.ledger.vault, entries);
  expect(said!.fact).toEqual({ kind: 'log.restored', backupOf, size, lastHead: null, lost: null });
  expect(changed!.kind).toBe('log.key-rotated');
  await expectSound(opened);
});

test('what was signed after the backup is stated as lost, and no head of it fits again', async () => {
  const { opened, late, size } = await restored();
  const wentOn = await goOnRestored(opened.ledger, opened.sealer, { backupOf, lastHead: late });
  expect(wentOn).toMatchObject({ size, lost: 7 });
  for (let i = 0; i < 9; i++) await note(opened);
  // By the old key it counts more entries than that key may have signed.
  await expect(openHead(late, opened.sealer.keys.known())).rejects.toMatchObject({ code: 'wrong-stamp' });
  expect(await compareHead(opened.ledger, opened.sealer, late)).toMatchObject({ ok: false });
  await expectSound(opened);
});

test('with the last head still in the backup nothing is lost', async () => {
  const { opened, early } = await restored();
  const wentOn = await goOnRestored(opened.ledger, opened.sealer, { backupOf, lastHead: early.note });
  expect(wentOn.lost).toBe(0);
});

test('a last head of another record, or of another history, is refused, and nothing is written', async () => {
  const { opened, size } = await restored();
  const stranger = await openLedger(await freshDatabase());
  const { signer, origin } = opened.sealer.key;
  const otherHistory = await signCheckpoint({ origin, size: size - 1, root: new Uint8Array(32) }, signer);
  for (const lastHead of [(await stranger.sealer.seal()).note, otherHistory, 'no head']) {
    const refused = goOnRestored(opened.ledger, opened.sealer, { backupOf, lastHead });
    await expect(refused).rejects.toMatchObject({ code: 'last-head-unusable' });
  }
  expect((await opened.sealer.seal()).size).toBe(size);
});
