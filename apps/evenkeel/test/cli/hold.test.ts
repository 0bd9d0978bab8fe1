import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { evenkeel, jsonOf, linesOf, type Serving, serving } from './program.ts';

const root = temporaryFolder();
const DATA = ['--data', join(root, 'data')];
const REASON = 'A claim was announced.';

type Hold = { id: string; partyName: string | null; reason: string; custodian: string };

describe('a hold on the command line', () => {
  let server: Serving;
  beforeAll(async () => {
    server = await serving(join(root, 'data'));
    const letter = mail({
      from: 'Orlov <orlov@client.example>',
      subject: 'Claim',
      date: 'Tue, 12 May 2026 09:00:00 +0300',
      body: 'I will see you in court.',
    });
    const folder = filesIn(join(root, 'mails'), { 'claim.eml': letter });
    await jsonOf(['import', folder, '--me', 'me@firm.example', ...DATA]);
    return async () => {
      expect(await server.stop()).toMatchObject({ code: 0 });
    };
  });

  test('nothing is held at first, and it says so', async () => {
    expect(await evenkeel(['hold', 'list', ...DATA])).toMatchObject({
      code: 0,
      out: '',
      said: 'Nothing is held.\n',
    });
  });

  test('a client is held, and the list says since when, by whom and why', async () => {
    const made = await evenkeel(['hold', 'set', '--client', 'Orlov', '--reason', REASON, ...DATA]);
    expect(made).toMatchObject({ code: 0, said: '' });
    const [hold] = await linesOf<Hold>(['hold', 'list', '--client', 'orlov@client.example', ...DATA]);
    expect(made.out).toBe(`Held: ${hold!.id}\n`);
    expect(hold).toMatchObject({ partyName: 'Orlov', reason: REASON, custodian: 'owner' });
    const { out } = await evenkeel(['hold', 'list', ...DATA]);
    expect(out).toMatch(
      new RegExp(`^${hold!.id} {2}Orlov, since \\d{4}-\\d\\d-\\d\\d, owner\\n {4}${REASON}\\n$`),
    );
  });

  test('it is not released in one go: a reason is written down, and a day has to pass', async () => {
    const [hold] = await linesOf<Hold>(['hold', 'list', ...DATA]);
    const release = ['hold', 'release', hold!.id, '--reason', 'It was withdrawn.', ...DATA];
    const asked = await evenkeel(release);
    expect(asked).toMatchObject({ code: 0, said: '' });
    expect(asked.out).toMatch(/^Written down, as nobody else has looked\. It is held until .* UTC\.\n$/);
    const again = await evenkeel(release);
    expect(again).toMatchObject({ code: 2, out: '' });
    expect(again.said).toMatch(/^It is held until \d{4}-\d\d-\d\d \d\d:\d\d UTC: .* Nothing was changed\. /);
    expect((await evenkeel(['hold', 'list', ...DATA])).out).toContain('may be released alone from');
  });

  test('with somebody outside whose mail is in the record it is released at once', async () => {
    const [hold] = await linesOf<Hold>(['hold', 'list', ...DATA]);
    const [hit] = await linesOf<{ id: string }>(['search', 'court', ...DATA]);
    const done = await jsonOf([
      'hold',
      'release',
      hold!.id,
      '--reason',
      'Withdrawn.',
      '--second',
      'K. Laine',
      '--proof',
      hit!.id,
      ...DATA,
    ]);
    expect(done).toEqual({ state: 'released', until: null });
    expect(await linesOf(['hold', 'list', ...DATA])).toEqual([]);
    expect(await linesOf(['hold', 'list', '--all', ...DATA])).toMatchObject([
      { id: hold!.id, second: { who: 'outsider', name: 'K. Laine' } },
    ]);
  });

  test('everything can be held', async () => {
    const { id } = await jsonOf<{ id: string }>([
      'hold',
      'set',
      '--everything',
      '--reason',
      REASON,
      '--custodian',
      'Mira',
      ...DATA,
    ]);
    expect(await linesOf(['hold', 'list', '--client', 'Orlov', ...DATA])).toMatchObject([
      { id, scope: 'workspace', custodian: 'Mira' },
    ]);
  });

  test.each([
    ['nothing', [], /hold needs to know what: list, set or release/],
    ['no reason', ['set', '--client', 'Orlov'], /hold set needs a --reason/],
    ['nothing to hold', ['set', '--reason', REASON], /one of --client, --case or --everything/],
    [
      'two things to hold',
      ['set', '--client', 'Orlov', '--everything', '--reason', REASON],
      /one of --client/,
    ],
    [
      'a client nobody knows',
      ['set', '--client', 'Nobody', '--reason', REASON],
      /No client is known by "Nobody"/,
    ],
    ['no hold to release', ['release', '--reason', REASON], /needs the id that hold list prints/],
    [
      'a second person without a proof',
      ['release', '00000000-0000-7000-8000-000000000000', '--reason', REASON, '--second', 'K'],
      /go together/,
    ],
    ['an id that is none', ['release', 'x', '--reason', REASON], /"x" is no id as hold list prints them/],
    [
      'a hold that is none',
      ['release', '00000000-0000-7000-8000-000000000000', '--reason', REASON],
      /There is no such hold/,
    ],
    ['too many words', ['list', 'x'], /hold list takes no "x"/],
  ])('%s is unusable, and says what to do', async (_what, words, says) => {
    const before = (await linesOf(['hold', 'list', '--all', ...DATA])).length;
    expect(await evenkeel(['hold', ...words, ...DATA])).toEqual({
      code: 2,
      out: '',
      said: expect.stringMatching(says),
    });
    expect(await linesOf(['hold', 'list', '--all', ...DATA])).toHaveLength(before);
  });
});
