import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReader } from '../../src/modules/signal/reader.ts';
import { jsonOf } from '../cli/program.ts';
import { filesIn } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openTestApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();

const GOOD = `pack: en/ours
version: 1
rules:
  - id: churn-threat.rowing-club
    kind: churn_threat
    confidence: 0.9
    patterns: ["take our boats to"]
    note: A house word of one rowing club for leaving.
    source: this test
    finds: ["We will take our boats to another yard.", "Then we take our boats to Turku."]
    ignores: ["Our boats are in the yard.", "They took their boats away."]
`;
const packsIn = (dataDir: string, files: Readonly<Record<string, string>>) =>
  filesIn(join(dataDir, 'packs'), files);

type State = {
  packs: { lang: string; rules: number; isYours: boolean }[];
  broken: { file: string; line: number | null; reason: string }[];
};

test("a user's own rule finds what it says, beside a broken pack that is named with its line", async () => {
  const dataDir = temporaryFolder();
  packsIn(dataDir, {
    'ours.yaml': GOOD,
    'pattern.yaml': GOOD.replace('en/ours', 'en/pattern')
      .replace('churn-threat.rowing-club', 'churn-threat.other')
      .replace('take our boats to', '.. ..'),
    'torn.yaml': 'pack: en/torn\nversion: 1\nrules: [\n  - id: "\n',
    'other.yaml': 'pack: sv/other\nversion: 1\nrules: []\n',
    'notes.txt': 'not a pack at all',
  });
  const app = await openTestApp(database.connection, { dataDir });
  try {
    const { packs, broken } = await app.ask<State>('GET', '/api/language/packs');
    expect(packs.filter(({ isYours }) => isYours)).toMatchObject([{ lang: 'en', rules: 1 }]);
    expect(broken.map(({ file }) => file).sort()).toEqual(['other.yaml', 'pattern.yaml', 'torn.yaml']);
    expect(broken.find(({ file }) => file === 'pattern.yaml')).toMatchObject({ line: 7 });
    for (const { reason } of broken) expect(reason).not.toBe('');
    const { findings } = await app.ask<{ findings: { kind: string; quote: string; why: string }[] }>(
      'POST',
      '/api/language/read',
      { text: 'We have had enough. We take our boats to Turku.' },
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'churn_threat', quote: 'take our boats to' }),
    );
  } finally {
    await app.close();
  }
});

test('a rule that does not do what its own examples say is refused alone', async () => {
  const dataDir = temporaryFolder();
  packsIn(dataDir, {
    'two.yaml': `${GOOD}  - id: churn-threat.never
    kind: churn_threat
    confidence: 0.9
    patterns: ["never sail again"]
    note: Says what it does not do.
    source: this test
    finds: ["We will never sail again.", "Nobody will row here."]
    ignores: ["We sail again.", "Never."]
`,
  });
  const reader = openReader(join(dataDir, 'packs'));
  try {
    const { packs, broken } = await reader.read('packs', null);
    expect(packs.filter(({ isYours }) => isYours)).toMatchObject([{ rules: 1 }]);
    expect(broken).toEqual([
      {
        file: 'two.yaml',
        line: 12,
        reason: 'churn-threat.never should find, and does not: Nobody will row here.',
      },
    ]);
  } finally {
    await reader.close();
  }
});

test('doctor names a broken pack, and what to look at', async () => {
  const dataDir = temporaryFolder();
  packsIn(dataDir, { 'mine.yaml': 'pack: en/mine\nversion: 1\nrules: 7\n' });
  const { ok, findings } = await jsonOf<{
    ok: boolean;
    findings: { what: string; ok: boolean; says: string }[];
  }>(['doctor', '--data', dataDir], 1);
  expect(ok).toBe(false);
  const packs = findings.find(({ what }) => what === 'language packs')!;
  expect(packs.ok).toBe(false);
  expect(packs.says).toMatch(/^\d+ rules in 3 packs\. packs\/mine\.yaml:3: rules is a list\.$/);
});
