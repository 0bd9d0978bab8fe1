import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { type Mail, mails } from './corpus.mail.ts';
import { type Tongue, vocabularies } from './corpus.words.ts';

const SEED = 42;
/** Raised when the generator writes other bytes. */
const VERSION = 1;
/** Every so many mails one arrives a second time, byte for byte. */
const COPY_EVERY = 100;
const TRUTHS = 5_000;

export type Corpus = {
  /** One file a mail, in the three folders of a Maildir. */
  readonly maildir: string;
  readonly mbox: string;
  /** Subject and text of the first mails as they were meant, one JSON value a line. */
  readonly truth: string;
  readonly files: number;
  readonly copies: number;
  readonly sizeBytes: number;
  readonly tongues: Readonly<Record<Tongue, number>>;
  readonly withAttachments: number;
};

/** Where generated mail and peers' indexes are kept between runs. */
export function benchFolder(): string {
  return join(process.env.EVENKEEL_BENCH_DIR ?? tmpdir(), 'evenkeel-bench');
}

/** The corpus of this many mails; written at the first call, found again later. */
export async function corpusOf(count: number): Promise<Corpus> {
  const folder = join(benchFolder(), `corpus-${VERSION}-${count}`);
  if (!existsSync(folder)) await writeCorpus(folder, count);
  const facts = JSON.parse(await readFile(join(folder, 'corpus.json'), 'utf8')) as Omit<
    Corpus,
    'maildir' | 'mbox' | 'truth'
  >;
  return {
    ...facts,
    maildir: join(folder, 'maildir'),
    mbox: join(folder, 'all.mbox'),
    truth: join(folder, 'truth.jsonl'),
  };
}

async function writeCorpus(folder: string, count: number): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  for (const name of ['cur', 'new', 'tmp']) await mkdir(join(partial, 'maildir', name), { recursive: true });
  const tongues = { en: 0, ru: 0, fi: 0 };
  let [files, copies, sizeBytes, withAttachments] = [0, 0, 0, 0];
  const mbox = createWriteStream(join(partial, 'all.mbox'));
  const truth = createWriteStream(join(partial, 'truth.jsonl'));
  const keep = async (mail: Mail) => {
    await writeFile(
      join(partial, 'maildir', 'cur', `${String(files).padStart(7, '0')}.example:2,S`),
      mail.bytes,
    );
    if (!mbox.write(inMbox(mail))) await once(mbox, 'drain');
    files += 1;
    sizeBytes += mail.bytes.length;
  };
  let held: Mail | null = null;
  for (const mail of mails(count - Math.floor(count / COPY_EVERY), SEED, vocabularies())) {
    tongues[mail.tongue] += 1;
    if (mail.attachments > 0) withAttachments += 1;
    if (files < TRUTHS)
      truth.write(`${JSON.stringify({ file: files, subject: mail.subject, text: mail.text })}\n`);
    // The copy comes before the next mail, so that the last file is the last mail.
    if (held && files % COPY_EVERY === COPY_EVERY / 2) {
      await keep(held);
      copies += 1;
    }
    await keep(mail);
    held = mail;
  }
  for (const stream of [mbox, truth]) await finished(stream.end());
  const facts = { files, copies, sizeBytes, tongues, withAttachments };
  await writeFile(join(partial, 'corpus.json'), JSON.stringify(facts));
  await rename(partial, folder);
}

/** A `From ` line, then the mail with its own `From ` lines quoted (mboxrd). */
function inMbox({ from, at, bytes }: Mail): Buffer {
  const line = `From ${from} ${at.toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 $4')}\n`;
  const text = bytes.toString('latin1').replace(/^(>*From )/gm, '>$1');
  return Buffer.concat([Buffer.from(line), Buffer.from(text, 'latin1'), Buffer.from('\n')]);
}
