import type { Certificate } from './certificate.ts';
import { type Der, inside, oidOf, readDer, TAG, writeDer, writeOid } from './der.ts';
import { digest } from './signature.ts';

/** Where an issuer says whether a certificate was revoked: a list to get, or a service to ask. */
export type RevocationPlace = { readonly form: 'crl' | 'ocsp'; readonly url: string };

const CRL_POINTS = '2.5.29.31';
const AUTHORITY_ACCESS = '1.3.6.1.5.5.7.1.1';
const OCSP = '1.3.6.1.5.5.7.48.1';
const SHA1 = '1.3.14.3.2.26';
const URI = 0x86;

/**
 * The places that a certificate names, as it spells them. A certificate that cannot be read so names none.
 *
 * @source RFC 5280 §4.2.1.13, §4.2.2.1
 */
export function revocationOf({ extensions }: Certificate): readonly RevocationPlace[] {
  try {
    const points = extensions.get(CRL_POINTS);
    const access = extensions.get(AUTHORITY_ACCESS);
    const lists = points ? urisIn(readDer(points.value)).map((url) => ({ form: 'crl', url }) as const) : [];
    const services = access ? inside(readDer(access.value)).flatMap(serviceIn) : [];
    return [...lists, ...services];
  } catch {
    return [];
  }
}

function serviceIn(description: Der): readonly RevocationPlace[] {
  const [method, place] = inside(description);
  return oidOf(method) === OCSP && place?.tag === URI ? [{ form: 'ocsp', url: textOf(place) }] : [];
}

/** Every address in a value, however deep. */
function urisIn(value: Der): readonly string[] {
  if (value.tag === URI) return [textOf(value)];
  return (value.tag & 0x20) === 0 ? [] : inside(value).flatMap(urisIn);
}

function textOf({ body }: Der): string {
  return String.fromCharCode(...body);
}

/**
 * Asks whether a certificate was revoked.
 *
 * @source RFC 6960 §4.1.1; the certificate is named by SHA-1, as every service takes it
 */
export async function ocspRequest(certificate: Certificate, issuer: Certificate): Promise<Uint8Array> {
  const [, key] = inside(readDer(issuer.publicKey));
  const named = writeDer(
    TAG.sequence,
    writeDer(TAG.sequence, writeOid(SHA1), writeDer(TAG.null)),
    writeDer(TAG.octetString, await digest('SHA-1', issuer.subject)),
    writeDer(TAG.octetString, await digest('SHA-1', (key?.body ?? new Uint8Array()).subarray(1))),
    writeDer(TAG.integer, certificate.serial),
  );
  return writeDer(
    TAG.sequence,
    writeDer(TAG.sequence, writeDer(TAG.sequence, writeDer(TAG.sequence, named))),
  );
}
