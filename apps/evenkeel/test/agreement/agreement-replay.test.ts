import { expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { agreementGround, HOURS, LADDER } from './agreement-ground.ts';

const { app, database, party, make, said, open, clausesOf } = await agreementGround();
const TABLES = [
  'agreements',
  'clauses',
  'clause_versions',
  'understandings',
  'sums_owed',
  'party_people',
  'scope_decisions',
  'boundaries',
  'breaches',
  'boundary_steps',
  'agreement_steps',
];

const snapshot = () => rowsOf(database.pool, TABLES);

async function everything(): Promise<void> {
  const agreement = await open([HOURS, { kind: 'scope_in', says: 'Five pages.' }]);
  const [hours, scope] = await clausesOf(agreement);
  const cite = await said('inbound', 'Yes to both, and a call at night.');
  await make(`/api/agreements/${agreement}/acceptance`, { proof: { kind: 'line', ...cite } });
  const changes = [
    { change: 'amend', clauseId: scope!.id, clause: { kind: 'scope_in', says: 'Six pages.' } },
    { change: 'withdraw', clauseId: hours!.id },
    { change: 'add', clause: { kind: 'data', says: 'We keep letters.' } },
  ];
  const boundary = await make(`/api/parties/${party}/boundaries`, {
    ...{ clauseId: hours!.id, says: 'Calls 9–18', ladder: LADDER },
  });
  const breach = await make(`/api/boundaries/${boundary}/breaches`, { cite });
  const step = await make(`/api/boundaries/${boundary}/steps`, { rung: 0, lang: 'en', words: 'As agreed.' });
  const ours = await said('outbound', 'As agreed.');
  await make(`/api/boundary-steps/${step}/proof`, { proofId: ours.interactionId });
  await make(`/api/breaches/${breach}/withdrawal`, { reason: 'Our own number.' });
  await make(`/api/boundaries/${boundary}/review`, { reason: 'Quiet.', reviewOn: '2026-07-01' });
  await make(`/api/boundaries/${boundary}/lifting`, { reason: 'Quiet.' });
  await make(`/api/agreements/${agreement}/versions`, { reason: 'Asked for.', changes });
  const understanding = await make(`/api/parties/${party}/understandings`, {
    ...{ kind: 'permission', side: 'ours', says: 'May show it.', cite },
  });
  await make(`/api/understandings/${understanding}/confirmation`, { cite: ours });
  await make(`/api/understandings/${understanding}/withdrawal`, { reason: 'Changed.' });
  const owed = { side: 'theirs', amount: '1240', currency: 'EUR', what: '118', dueOn: '2026-05-20', cite };
  const sum = await make(`/api/parties/${party}/sums`, owed);
  await make(`/api/sums/${sum}/dispute`, { amount: '400', cite });
  await make(`/api/sums/${sum}/settlement`, { on: '2026-05-19', cite });
  const second = await make(`/api/parties/${party}/sums`, owed);
  await make(`/api/sums/${second}/withdrawal`, { reason: 'Twice.' });
  const person = await make(`/api/parties/${party}/people`, { name: 'Olga', mayAgree: true });
  await make(`/api/party-people/${person}/leaving`, { reason: 'Moved on.' });
  await make(`/api/parties/${party}/scope/decisions`, {
    ...{ words: 'A seventh page', verdict: 'out', clauseId: scope!.id, reason: '§2', cite },
  });
  await make(`/api/agreements/${agreement}/end`, { reason: 'Done.' });
}

test('agreements and boundaries made again from the ledger are, row by row, what they were', async () => {
  await everything();
  const before = await snapshot();
  for (const table of TABLES) expect(before[table], table).not.toEqual([]);
  await replay(app.ledger);
  const after = await snapshot();
  for (const table of TABLES) expect(after[table], table).toEqual(before[table]);
});
