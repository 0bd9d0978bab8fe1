import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { concat, fromBase64, u64be, utf8 } from '@evenkeel/proof/bytes';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from '@evenkeel/proof/checkpoint';
import { verifyConsistency } from '@evenkeel/proof/consistency';
import { parseNote, signatureLine } from '@evenkeel/proof/note';
import { formatVkey, newVkey } from '@evenkeel/proof/vkey';
import { sha256 } from '../../src/kernel/sha256.ts';

/** A witness of our own: keeps the largest head it saw, and signs what extends it. */
export type TestWitness = {
  readonly url: string;
  readonly vkey: string;
  /** The log keys it takes; none at first. */
  readonly trust: (...logKeys: readonly string[]) => void;
  readonly turn: (to: 'answers' | 'silent') => void;
  readonly seen: () => number;
  readonly close: () => Promise<void>;
};

type Answer = { readonly status: number; readonly body: string };

/** @source C2SP tlog-witness v1.0.0, add-checkpoint */
export async function startWitness(name: string): Promise<TestWitness> {
  const seed = sha256(utf8(`witness ${name}`));
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(
    createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32),
  );
  const vkey = newVkey({ name, publicKey, type: 0x04 });
  let trusted: readonly string[] = [];
  let does: 'answers' | 'silent' = 'answers';
  let seen: Checkpoint | null = null;

  const add = async (body: string): Promise<Answer> => {
    const split = body.indexOf('\n\n');
    const [old, ...hashes] = body.slice(0, split).split('\n');
    const note = body.slice(split + 2);
    const { origin } = parseCheckpoint(parseNote(note).text);
    const ours = trusted.filter((log) => log.startsWith(`${origin}+`));
    if (ours.length === 0) return { status: 404, body: 'unknown log' };
    const opened = await Promise.all(ours.map((log) => openCheckpoint(note, log).catch(() => null)));
    const head = opened.find((one) => one !== null);
    if (!head) return { status: 403, body: 'invalid signature' };
    const size = Number(old?.replace('old ', ''));
    if (size > head.size) return { status: 400, body: 'old is larger' };
    if (size !== (seen?.size ?? 0)) return { status: 409, body: `${seen?.size ?? 0}\n` };
    try {
      const proof = hashes.map(fromBase64);
      if (seen)
        verifyConsistency(sha256, {
          size1: seen.size,
          size2: head.size,
          root1: seen.root,
          root2: head.root,
          proof,
        });
    } catch {
      return { status: 422, body: 'bad proof' };
    }
    seen = head;
    const seconds = Math.floor(Date.now() / 1000);
    const message = concat(utf8(`cosignature/v1\ntime ${seconds}\n`), utf8(parseNote(note).text));
    return { status: 200, body: signatureLine(vkey, concat(u64be(seconds), sign(null, message, key))) };
  };

  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (does === 'silent') return void request.socket.destroy();
    const { status, body } = await add(Buffer.concat(parts).toString('utf8'));
    response.writeHead(request.url === '/add-checkpoint' ? status : 400).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    vkey: formatVkey(vkey),
    trust: (...logKeys) => {
      trusted = logKeys;
    },
    turn: (to) => {
      does = to;
    },
    seen: () => seen?.size ?? 0,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
