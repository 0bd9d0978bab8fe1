import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleCommand } from '../../src/cli/bundle.ts';
import { commandHelpText } from '../../src/cli/help.ts';
import { importCommand } from '../../src/cli/import.ts';
import { logCommand } from '../../src/cli/log.ts';
import { searchCommand } from '../../src/cli/search.ts';
import { SETTINGS } from '../../src/kernel/config.ts';
import { VERSION } from '../../src/kernel/version.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { evenkeel, jsonOf, linesOf } from './program.ts';

type Parsed = { items: Record<string, unknown>[]; totals: unknown };

const COMMANDS =
  'serve demo import parse search detect draft forecast bundle log backup restore doctor'.split(' ');

describe('help', () => {
  test('names every command, every setting and every exit code, on standard output', async () => {
    const { code, out, said } = await evenkeel(['--help']);
    expect({ code, said }).toEqual({ code: 0, said: '' });
    for (const name of COMMANDS) expect(out).toContain(`  evenkeel ${name}`);
    for (const { env } of Object.values(SETTINGS)) expect(out).toContain(env);
    expect(out).toContain('Exit codes: 0 done, 1 the checked thing fell short, 2 unusable');
    for (const line of out.split('\n')) expect(line.length).toBeLessThan(130);
  });

  test('of a command explains every flag it shows', async () => {
    expect(await evenkeel(['bundle', '--help'])).toMatchObject({
      code: 0,
      out: `${commandHelpText(bundleCommand)}\n`,
    });
    for (const command of [bundleCommand, importCommand, logCommand, searchCommand]) {
      const text = commandHelpText(command);
      for (const [flag] of text.matchAll(/--[a-z-]+/g))
        expect(text).toMatch(new RegExp(`^  ${flag}( \\S+)? +\\S`, 'm'));
    }
  });

  test('and version need no folder', async () => {
    expect(await evenkeel(['--version'])).toMatchObject({ code: 0, out: `${VERSION}\n` });
  });
});

describe('arguments that cannot be used', () => {
  const dataDir = join(temporaryFolder(), 'never');
  test.each([
    [['frobnicate'], 'There is no command "frobnicate".'],
    [['import'], 'import needs at least one file or folder.'],
    [['import', '--nonsense', 'x'], 'There is no flag --nonsense.'],
    [['import', 'x', '--tz', 'Mars/Base'], '--tz cannot be "Mars/Base": no time zone has this name.'],
    [['search', ' '], 'search needs something to look for.'],
    [['search', 'x', '--limit', 'many'], '--limit cannot be "many": it is a number from 1 to 200.'],
    [['search', 'x', '--port', '1'], 'There is no flag --port.'],
    [['serve', 'now'], 'serve takes no "now".'],
    [
      ['serve', '--port', 'http'],
      '--port (or EVENKEEL_PORT; a number from 0 to 65535) cannot be used as given.',
    ],
    [['log', 'verify', 'x'], 'log verify takes no "x".'],
    [
      ['bundle', 'create', '--client', 'Orlov'],
      'bundle create needs --client NAME or --case ID, and --out FILE.zip.',
    ],
    [
      ['bundle', 'create', '--client', 'Orlov', '--out', 'x.zip', '--zone', 'Mars/Base'],
      '--zone cannot be "Mars/Base"',
    ],
    [['restore'], 'restore needs the name of a backup.'],
  ])('%j end with 2 and one sentence of what is wrong', async (args, sentence) => {
    const { code, out, said } = await evenkeel(args, { env: { EVENKEEL_DATA: dataDir } });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(said).toContain(sentence);
    if (args[0] !== 'frobnicate') expect(said).toMatch(/Nothing was done\. "evenkeel .*--help" /);
    expect(said.trim().split('\n')).toHaveLength(1);
  });

  test('make no data folder', () => {
    expect(() => readdirSync(dataDir)).toThrow(/ENOENT/);
  });
});

describe('a data folder that cannot be one', () => {
  test('is refused with what to do', async () => {
    const file = join(filesIn(temporaryFolder(), { file: 'no folder' }), 'file');
    const { code, out, said } = await evenkeel(['search', 'x', '--data', file]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(said).toMatch(
      /cannot be used as a data folder .*Nothing was changed\. Choose another with --data\./,
    );
  });
});

describe('parse', () => {
  const attached = Buffer.from('the drawing, as it was');
  const withAttachment = [
    'From: Orlov <orlov@client.example>',
    'To: me@firm.example',
    'Subject: A drawing',
    'Date: Tue, 12 May 2026 09:14:00 +0300',
    'Message-ID: <drawing@client.example>',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'See the drawing.',
    '--b',
    'Content-Type: application/octet-stream; name="../../escape.bin"',
    'Content-Disposition: attachment; filename="../../escape.bin"',
    'Content-Transfer-Encoding: base64',
    '',
    attached.toString('base64'),
    '--b--',
    '',
  ].join('\n');
  const folder = filesIn(temporaryFolder(), {
    'a.eml': withAttachment,
    'two.mbox': mbox([mail({ subject: 'one' }), mail({ subject: 'two', date: null, id: null })]),
    'z/again.eml': withAttachment,
  });

  test('prints one JSON document a file, in the shape of the contract', async () => {
    const files = await linesOf<Parsed>(['parse', folder]);
    expect(files).toHaveLength(3);
    expect(Object.keys(files[0]!).sort()).toEqual(['format', 'issues', 'items', 'path', 'totals']);
    const [item] = files[0]!.items;
    expect(Object.keys(item!)).toEqual(
      expect.arrayContaining(
        'kind subject from to cc sentAt sentAtSource receivedAt messageId inReplyTo references text html attachments children direction issues range'.split(
          ' ',
        ),
      ),
    );
    expect(item).toMatchObject({
      kind: 'message',
      subject: 'A drawing',
      from: { name: 'Orlov', address: 'orlov@client.example' },
      sentAt: '2026-05-12T09:14:00+03:00',
      receivedAt: null,
      html: null,
      attachments: [
        { mediaType: 'application/octet-stream', sizeBytes: attached.length, sha256: sha256(attached) },
      ],
    });
    expect(files.map(({ totals }) => totals)).toEqual([
      { items: 1, imported: 1, duplicates: 0, leftOut: 0, unreadable: 0 },
      { items: 2, imported: 2, duplicates: 0, leftOut: 0, unreadable: 0 },
      { items: 1, imported: 0, duplicates: 1, leftOut: 0, unreadable: 0 },
    ]);
    expect(files[1]!.items[1]).toMatchObject({ sentAt: null });
  });

  test('prints one line a file for people', async () => {
    const { code, out } = await evenkeel(['parse', folder]);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(3);
    expect(out).toContain('A drawing');
  });

  test('--extract writes by SHA-256 alone, and nothing leaves the folder', async () => {
    const outside = temporaryFolder();
    const target = join(outside, 'deep', 'out');
    expect(await evenkeel(['parse', folder, '--extract', target])).toMatchObject({ code: 0 });
    expect(readdirSync(target)).toEqual([sha256(attached)]);
    expect(readFileSync(join(target, sha256(attached)))).toEqual(attached);
    expect(readdirSync(outside)).toEqual(['deep']);
  });

  test('--extract over a file is refused in words', async () => {
    const ended = await evenkeel(['parse', folder, '--extract', join(folder, 'a.eml')]);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.said).toMatch(/cannot be written: there is a file of this name\./);
  });

  test('a path that is not there is 2, an empty folder is 0 and says nothing', async () => {
    const missing = await evenkeel(['parse', '/not/here']);
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing.said).toContain('/not/here cannot be read.');
    expect(await evenkeel(['parse', temporaryFolder()])).toMatchObject({ code: 0, out: '' });
  });
});

describe('bundle verify of what is no bundle', () => {
  const folder = filesIn(temporaryFolder(), { 'text.zip': 'not a zip at all', 'empty.zip': '' });
  mkdirSync(join(folder, 'folder.zip'));

  test.each([
    ['text.zip', /text\.zip was not checked: .*zip.*\. Nothing was changed\. Get the file again/],
    ['empty.zip', /empty\.zip was not checked: .*Get the file again/],
    ['folder.zip', /folder\.zip was not checked: this is a folder\./],
    ['missing.zip', /missing\.zip was not checked: there is no such file or folder\./],
  ])('%s ends with 2 and a sentence', async (name, sentence) => {
    const { code, out, said } = await evenkeel(['bundle', 'verify', join(folder, name)]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(said).toMatch(sentence);
  });

  test('a log key that is none is 2', async () => {
    writeFileSync(join(folder, 'x.zip'), '');
    const { code, said } = await evenkeel(['bundle', 'verify', join(folder, 'x.zip'), '--log-key', 'abc']);
    expect(code).toBe(2);
    expect(said).toContain('--log-key is no log key');
  });
});

test('doctor in JSON says what it looked at', async () => {
  const seen = await jsonOf<{ ok: boolean; findings: { what: string }[] }>([
    'doctor',
    '--data',
    join(temporaryFolder(), 'new'),
  ]);
  expect(seen.ok).toBe(true);
  expect(seen.findings.map(({ what }) => what)).toEqual([
    'program',
    'space',
    'encryption',
    'followers',
    'ledger',
    'language packs',
    'procedures',
    'places',
  ]);
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
