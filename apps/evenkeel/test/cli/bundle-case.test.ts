import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { askHolder, evenkeel, jsonOf, linesOf, serving } from './program.ts';

const root = temporaryFolder();
const data = join(root, 'data');
const DATA = ['--data', data];
const file = join(root, 'case.zip');
const create = (id: string) => evenkeel(['bundle', 'create', '--case', id, '--out', file, ...DATA]);

beforeAll(async () => {
  const server = await serving(data);
  const letter = (day: number, body: string) =>
    mail({ from: 'Orlov <orlov@client.example>', date: `${day} May 2026 09:00:00 +0300`, body });
  const letters = { 'a.eml': letter(12, 'I will see you in court.'), 'b.eml': letter(13, 'Nice weather.') };
  await jsonOf(['import', filesIn(join(root, 'mails'), letters), '--me', 'me@firm.example', ...DATA]);
  return async () => {
    await server.stop();
  };
});

test('a bundle of a case exhibits what the case gathers, and counts the rest as kept back', async () => {
  const found = () => linesOf<{ id: string; party: { id: string } }>(['search', 'court', ...DATA]);
  // The index lies a moment behind what was brought in.
  await expect.poll(found).toHaveLength(1);
  const [hit] = await found();
  const { id } = await askHolder<{ id: string }>(data, `/api/parties/${hit!.party.id}/cases`, {
    method: 'POST',
    body: { title: 'The refund' },
  });
  const empty = await create(id);
  expect(empty).toMatchObject({ code: 2, out: '' });
  expect(empty.said).toContain('This case gathers no record and its points quote none. Nothing was made.');

  await askHolder(data, `/api/cases/${id}/records/${hit!.id}`, {
    method: 'PUT',
    body: { isIn: true, reason: 'Their words.' },
  });
  expect(await create(id)).toMatchObject({ code: 0, said: '' });
  expect(await jsonOf(['bundle', 'verify', file])).toMatchObject({
    integrity: { ok: true },
    completeness: { ok: true, streams: [{ exhibited: 1, missing: 0 }] },
  });
  expect((await create('no-such-case')).code).toBe(2);
});
