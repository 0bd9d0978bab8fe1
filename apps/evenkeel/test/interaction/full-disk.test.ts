import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyLog } from '../../src/modules/ledger/verify.actions.ts';
import { atEnd } from '../support/at-end.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { eventsOf, openTestApp } from '../support/test-app.ts';

const MAILS = 90;

/** A disk of its own that soon is full; null where this account may not have one. */
function smallDisk(megabytes: number): string | null {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  atEnd(() => execFileSync('umount', ['-l', folder]));
  return folder;
}

test('a disk that fills up while an import runs: what was acknowledged stays, and with more space it goes on', async () => {
  const disk = smallDisk(12);
  if (disk === null) return console.log('Skipped: a full disk needs the right to mount one.');
  const { connection } = await freshDatabase();
  const mails = Array.from({ length: MAILS }, (_, i) =>
    mail({ subject: `full ${i}`, body: randomBytes(160_000).toString('base64') }),
  );
  const paths = [filesIn(temporaryFolder(), { 'box.mbox': mbox(mails) })];
  const app = await openTestApp(connection, { dataDir: join(disk, 'data') });
  try {
    const { run } = await app.ask<{ run: string }>('POST', '/api/imports', { paths });
    const events = await eventsOf(await app.call('GET', `/api/runs/${run}/events`));
    expect(events.at(-1)).toMatchObject({
      failed: { code: 'disk-full', message: expect.stringContaining('Free some space') },
    });
    const acknowledged = events.flatMap((event) => ('acknowledged' in event ? event.acknowledged : []));
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.length).toBeLessThan(MAILS);
    for (const id of acknowledged)
      expect((await app.call('GET', `/api/interactions/${id}/original`)).status).toBe(200);

    execFileSync('mount', ['-o', 'remount,size=100m', disk]);
    const { report } = await app.bringIn({ paths });
    expect(report.totals).toEqual({
      items: MAILS,
      imported: MAILS,
      duplicates: 0,
      leftOut: 0,
      unreadable: 0,
    });
    expect(await verifyLog(app.ledger, app.sealer, app.dataDir, true)).toMatchObject({ ok: true });
  } finally {
    await app.close();
  }
});
