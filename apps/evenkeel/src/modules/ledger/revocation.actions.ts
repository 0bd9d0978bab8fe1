import { readPem } from '@evenkeel/proof/certificate';
import { ocspRequest, revocationOf } from '@evenkeel/proof/revocation';
import { verifyTimeStamp } from '@evenkeel/proof/time-stamp';
import { sha256Hex } from '../../kernel/sha256.ts';
import { lastRevocations } from './anchor.store.ts';
import type { AnchorFact, TimeAuthority } from './anchor.ts';
import type { Ledger } from './ledger.actions.ts';
import { recordOutside } from './outside.actions.ts';

/** Gets a list of revoked certificates, or the answer to a request; null when there is none. */
export type FetchRevocation = (url: string, request: Uint8Array | null) => Promise<Uint8Array | null>;

type Anchored = Extract<AnchorFact, { kind: 'log.anchored' }>;

const EVERY_MS = 20 * 3_600_000;
const MOST_PLACES = 8;

/**
 * Keeps what the issuers say of the certificates behind a stamp, once a day: when these have run out, nobody can ask any
 * more. That it cannot be had harms no stamp.
 */
export async function keepRevocation(
  ledger: Ledger,
  { roots }: TimeAuthority,
  { response, checkpoint, size }: Anchored,
  fetch: FetchRevocation,
): Promise<void> {
  const { db, workspaceId, chance } = ledger;
  const bytes = Buffer.from(response, 'base64');
  const { chain } = await verifyTimeStamp(bytes, Buffer.from(checkpoint), { roots: readPem(roots) });
  const known = await lastRevocations(db, workspaceId);
  const wanted = chain
    .slice(0, -1)
    .flatMap((certificate, i) =>
      revocationOf(certificate).map((place) => ({ ...place, certificate, issuer: chain[i + 1]! })),
    );
  for (const { url, form, certificate, issuer } of wanted.slice(0, MOST_PLACES)) {
    const last = known.get(url);
    if (last !== undefined && Date.parse(chance.now()) - Date.parse(last) < EVERY_MS) continue;
    const request = form === 'ocsp' ? await ocspRequest(certificate, issuer) : null;
    const answer = await fetch(url, request);
    if (!answer || answer.length === 0) continue;
    await recordOutside(ledger, {
      ...{ kind: 'log.anchor-revocation', certificate: sha256Hex(certificate.der), url, form, size },
      answer: Buffer.from(answer).toString('base64'),
      fetchedAt: chance.now(),
    });
  }
}
