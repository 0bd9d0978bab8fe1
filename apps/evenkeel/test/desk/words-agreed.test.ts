import { expect, test } from 'vitest';
import { DraftReadSchema } from '../../src/modules/signal/schemas.ts';
import { agreementGround } from '../agreement/agreement-ground.ts';

const { app, party, make, said, open } = await agreementGround();
const SLA = {
  kind: 'response_time',
  says: 'The SLA: four hours.',
  within: { count: 4, unit: 'hours' },
} as const;

const jargonIn = async (text: string) => {
  const read = DraftReadSchema.parse(await app.ask('POST', '/api/language/draft', { text, party }));
  return read.findings.filter(({ kind }) => kind === 'jargon').map(({ quote }) => quote);
};

test('a word of the trade that a client agreed to is no jargon to them; one that was merely offered is', async () => {
  const agreement = await open([SLA]);
  expect(await jargonIn('The SLA covers it, and so does the RCA.')).toEqual(['SLA', 'RCA']);
  const cite = await said('inbound', 'Hello, yes, that is fine.', { quote: 'yes, that is fine' });
  await make(`/api/agreements/${agreement}/acceptance`, { proof: { kind: 'line', ...cite } });
  expect(await jargonIn('The SLA covers it, and so does the RCA.')).toEqual(['RCA']);
});
