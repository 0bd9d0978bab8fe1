import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readHeaders } from '@evenkeel/records/envelope';
import { type Dovecot, IMAP_PASSWORD, launchDovecot } from '../../apps/evenkeel/test/support/dovecot.ts';
import { HAS_DOVECOT } from '../../apps/evenkeel/test/support/mail-programs.ts';
import type { Bench, Row } from './bench.ts';
import { LAST_WORD, OWN_ADDRESS } from './corpus.mail.ts';
import { benchFolder, type Corpus } from './corpus.ts';
import { judged, median, perSecond, type Result, seconds, skipped, times } from './figures.ts';
import { mbsync } from './peers.ts';
import { dropFolder, newFolder, startProgram, untilIndexed } from './program.ts';

const MAILS = 5_000;
const ARRIVED = new Date('2026-01-02T03:04:05Z');
const WHAT = `first reading of a mailbox of ${MAILS.toLocaleString('en')} mails, searchable, linked, durable`;

/** Both read the same Dovecot, one after the other; it has been read once before, so that its own index is there. */
export const mailboxRow: Row = {
  name: 'mailbox',
  says: 'first reading of a mailbox over IMAP, end to end, beside mbsync',
  isLong: true,
  async run(bench) {
    if (!HAS_DOVECOT) return [skipped(WHAT, 'Dovecot is not installed, or this is not root')];
    const corpus = await bench.corpus(MAILS);
    const folder = mkdtempSync(join(benchFolder(), 'dovecot-'));
    const dovecot = await launchDovecot(folder, OWN_ADDRESS);
    try {
      fill(dovecot, corpus);
      return [await compared(bench, dovecot, corpus)];
    } finally {
      await dovecot.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/**
 * The server's mail belongs to nobody, who must be able to note in its folder what is there. It lay there for some time:
 * of what came today names would be asked, which mbsync does not do.
 */
function fill({ maildir }: Dovecot, corpus: Corpus): void {
  mkdirSync(maildir, { recursive: true });
  cpSync(corpus.maildir, maildir, { recursive: true });
  for (const name of readdirSync(join(maildir, 'cur')))
    utimesSync(join(maildir, 'cur', name), ARRIVED, ARRIVED);
  for (const part of ['', 'cur', 'new', 'tmp']) chmodSync(join(maildir, part), 0o777);
}

async function compared(bench: Bench, dovecot: Dovecot, corpus: Corpus): Promise<Result> {
  const peer = mbsync(dovecot, OWN_ADDRESS, IMAP_PASSWORD);
  if (!peer) return skipped(WHAT, 'mbsync is not installed (isync)');
  const people = await peopleIn(corpus);
  const theirs: number[] = [];
  const ours: number[] = [];
  await peer.pull();
  for (let run = 0; run < bench.runs; run++) {
    theirs.push(await peer.pull());
    ours.push(await readOnce(dovecot, people));
    bench.say(`mbsync ${seconds(theirs.at(-1)!)}, ours ${seconds(ours.at(-1)!)}`);
  }
  await peer.drop();
  const [peerMs, ourMs] = [median(theirs), median(ours)];
  const told = (ms: number) => `${perSecond(MAILS / (ms / 1000))} (${seconds(ms)})`;
  const bound = { floor: 1, goal: 2, better: 'higher' } as const;
  return judged(`${WHAT} / mbsync`, peerMs / ourMs, bound, times, { ours: told(ourMs), peer: told(peerMs) });
}

/** Everybody but us: only the mail of those we know is taken. */
async function peopleIn({ maildir }: Corpus): Promise<readonly string[]> {
  const people = new Set<string>();
  for (const name of await readdir(join(maildir, 'cur'))) {
    const { from, to, cc } = readHeaders(await readFile(join(maildir, 'cur', name)));
    for (const one of [...(from ? [from] : []), ...to, ...cc])
      if (one.address) people.add(one.address.toLowerCase());
  }
  people.delete(OWN_ADDRESS);
  return [...people];
}

/** On a fresh folder: from asking for the reading until its last mail is found. */
async function readOnce({ port, user }: Dovecot, people: readonly string[]): Promise<number> {
  const folder = await newFolder();
  const program = await startProgram(folder);
  try {
    for (const address of people)
      await program.post('/api/parties', { name: address, state: 'client', identifiers: [address] });
    const { id } = await program.post<{ id: string }>('/api/mailboxes', {
      ...{ address: OWN_ADDRESS, allows: 'known', parties: [], isOn: false },
      settings: {
        ...{ kind: 'imap', smtp: null, signIn: { by: 'password', user } },
        imap: { host: '127.0.0.1', port, security: 'none' },
      },
      secrets: { password: IMAP_PASSWORD },
    });
    const startedAt = performance.now();
    await program.open('POST', `/api/mailboxes/${id}/read`);
    await untilIndexed(program, LAST_WORD);
    return performance.now() - startedAt;
  } finally {
    await program.stop();
    await dropFolder(folder);
  }
}
