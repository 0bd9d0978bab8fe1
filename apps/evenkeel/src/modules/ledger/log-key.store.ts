import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Signer } from '@evenkeel/proof/note';
import type { KnownKey } from '@evenkeel/proof/verify-heads';
import { formatVkey, newVkey } from '@evenkeel/proof/vkey';
import { replaceFile } from '../../kernel/durable.ts';
import { Halt } from '../../kernel/outcome.ts';
import type { Keys } from '../vault/keys.store.ts';

export type LogKey = { readonly signer: Signer; readonly vkey: string; readonly origin: string };

/** A later key of the log: the first derives from the workspace's, these are made at random. */
type Stored = {
  readonly vkey: string;
  /** 32 bytes in hexadecimal. */
  readonly seed: string;
  /** The entry by which it took the log over; null while that is not recorded. */
  readonly since: number | null;
};

/** The keys that have signed this log, in their order. Which one signs a head follows from its size alone. */
export type LogKeys = {
  readonly origin: string;
  readonly known: () => readonly KnownKey[];
  /** The key of a head of so many entries. */
  readonly keyAt: (size: number) => LogKey;
  /** Makes the next key, durable before anything names it. */
  readonly prepare: (seed: Uint8Array) => Promise<LogKey>;
  /** From this entry on the key that was prepared signs. Called before the entry is committed: it is in no head yet. */
  readonly takeOver: (vkey: string, index: number) => Promise<void>;
  /** Keeps those later keys of which the record says that they took over at their entry. */
  readonly settle: (isRecorded: (vkey: string, since: number) => Promise<boolean>) => Promise<void>;
};

const FORMAT = 'evenkeel-log-keys/1';
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

export function logKeysPath(dataDir: string): string {
  return join(dataDir, 'keys', 'log.json');
}

/** @throws Halt `keys-damaged` */
export function openLogKeys(keys: Keys, dataDir: string): LogKeys {
  const { origin } = keys;
  const path = logKeysPath(dataDir);
  const first = keyOf(origin, keys.derive('log-key'));
  let later = readStored(path);
  const save = async (next: readonly Stored[]) => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    await replaceFile(path, Buffer.from(`${JSON.stringify({ format: FORMAT, keys: next })}\n`));
    later = next;
  };
  const inForce = () => later.filter((one): one is Stored & { since: number } => one.since !== null);
  return {
    origin,
    known: () => {
      const vkeys = [first.vkey, ...inForce().map(({ vkey }) => vkey)];
      return vkeys.map((vkey, i) => ({ vkey, until: inForce()[i]?.since ?? null }));
    },
    keyAt: (size) => {
      const own = inForce().findLast(({ since }) => since < size);
      return own ? keyOf(origin, Buffer.from(own.seed, 'hex')) : first;
    },
    prepare: async (seed) => {
      const made = keyOf(origin, seed);
      await save([...inForce(), { vkey: made.vkey, seed: Buffer.from(seed).toString('hex'), since: null }]);
      return made;
    },
    takeOver: (vkey, index) => save(later.map((one) => (one.vkey === vkey ? { ...one, since: index } : one))),
    settle: async (isRecorded) => {
      const found: Stored[] = [];
      for (const one of inForce()) if (await isRecorded(one.vkey, one.since)) found.push(one);
      if (found.length < later.length) await save(found);
    },
  };
}

function keyOf(name: string, seed: Uint8Array): LogKey {
  const der = Buffer.concat([PKCS8_ED25519, seed]);
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  const vkey = newVkey({ name, publicKey: new Uint8Array(spki.subarray(spki.length - 32)) });
  const signer: Signer = { name, keyId: vkey.keyId, sign: (message) => sign(null, message, secret) };
  return { signer, vkey: formatVkey(vkey), origin: name };
}

function readStored(path: string): readonly Stored[] {
  try {
    const read = JSON.parse(readFileSync(path, 'utf8')) as { format?: string; keys?: readonly Stored[] };
    if (read.format === FORMAT && read.keys?.every(({ seed }) => /^[0-9a-f]{64}$/.test(seed)))
      return read.keys;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
  }
  throw new Halt(
    'keys-damaged',
    `The key file ${path} cannot be read. Nothing was changed. Put back the copy from your last key backup.`,
  );
}
