import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outsider } from './bundle-story.ts';

/** A time-stamp authority for one test: openssl signs, and its keys are gone with the folder. */
export type Authority = {
  /** PEM of its root. */
  readonly roots: string;
  readonly stamp: Outsider;
  readonly close: () => void;
};

const CONFIG = `[tsa]
default_tsa = own
[own]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
certs = ca.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
`;
const PURPOSE =
  'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n';

export function newAuthority(name = 'time.example'): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'authority-'));
  const at = (file: string) => join(folder, file);
  const run = (args: string) => execFileSync('openssl', args.split(' '), { cwd: folder, stdio: 'pipe' });
  writeFileSync(at('openssl.cnf'), CONFIG);
  writeFileSync(at('serial'), '01\n');
  writeFileSync(at('tsa.ext'), PURPOSE);
  const key = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes';
  run(`req -x509 ${key} -keyout ca.key -out ca.pem -days 30 -subj /CN=root.example`);
  run(`req ${key} -keyout tsa.key -out tsa.csr -subj /CN=${name}`);
  run(
    'x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile tsa.ext -out tsa.pem',
  );
  const stamp: Outsider = (checkpoint) => {
    writeFileSync(at('head'), checkpoint);
    run('ts -query -data head -sha256 -cert -out head.tsq');
    run('ts -reply -config openssl.cnf -queryfile head.tsq -out head.tsr');
    const [request, response] = ['tsq', 'tsr'].map((form) => readFileSync(at(`head.${form}`), 'base64'));
    const size = Number(checkpoint.split('\n')[1]);
    return { kind: 'log.anchored', fact: { authority: name, size, checkpoint, request, response } };
  };
  return {
    roots: readFileSync(at('ca.pem'), 'utf8'),
    stamp,
    close: () => rmSync(folder, { recursive: true }),
  };
}
