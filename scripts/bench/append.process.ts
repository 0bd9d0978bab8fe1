import { randomBytes } from 'node:crypto';
import { openApp } from '../../apps/evenkeel/src/app.ts';
import { pooled } from '../../apps/evenkeel/src/kernel/chance.ts';
import { readConfig } from '../../apps/evenkeel/src/kernel/config.ts';
import { instantOf } from '../../apps/evenkeel/src/kernel/instant.ts';
import { append, type NewFact, sealFacts } from '../../apps/evenkeel/src/modules/ledger/ledger.actions.ts';
import { LOCAL_OWNER, WORKSPACE_STREAM } from '../../apps/evenkeel/src/modules/ledger/ledger.ts';

/** A process of the bench: opens a data folder and appends batches of entries, each batch durable before the next. */
const [data = '', batches = '1', batch = '256'] = process.argv.slice(2);
const app = await openApp({
  config: readConfig({ data }, {}),
  chance: { now: () => instantOf(Date.now()), bytes: pooled((sizeBytes) => randomBytes(sizeBytes)) },
  log: () => {},
  say: () => {},
  forPeople: false,
});

const startedAt = performance.now();
for (let done = 0; done < Number(batches); done++) await appendBatch(done);
const tookMs = performance.now() - startedAt;
process.send?.({ perSecond: (Number(batches) * Number(batch)) / (tookMs / 1000) });
await app.sealer.seal();
await app.close();
process.disconnect?.();

async function appendBatch(round: number): Promise<void> {
  const facts = Array.from({ length: Number(batch) }, (_, i): NewFact => {
    // A kind that no follower knows: nothing but the ledger is measured.
    const fact = { kind: 'bench.noted', note: `round ${round}, number ${i}` };
    return { fact, stream: WORKSPACE_STREAM, actor: LOCAL_OWNER };
  });
  const pending = await sealFacts(app.ledger, facts);
  await app.db.transaction().execute((tx) => append(tx, app.ledger, pending));
}
