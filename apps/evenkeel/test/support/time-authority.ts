import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './temporary-folder.ts';

const OPENSSL = '/usr/bin/openssl';
export const hasOpenssl = existsSync(OPENSSL);

/** A time-stamp authority of our own: OpenSSL signs, a server on this machine hands out. */
export type TestAuthority = {
  readonly url: string;
  /** PEM of its root. */
  readonly roots: string;
  /** Where the root lies as a file. */
  readonly rootsPath: string;
  /** What it does from now on: answers, is not there, or stamps something else than it was asked for. */
  readonly turn: (to: 'answers' | 'silent' | 'stamps-something-else') => void;
  readonly close: () => Promise<void>;
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
accuracy = secs:1
[ca]
default_ca = issuer
[issuer]
database = index.txt
default_md = sha256
default_crl_days = 30
`;

/** Where the authority's certificate says that its issuer tells what was revoked. */
const placesAt = (origin: string) =>
  `crlDistributionPoints=URI:${origin}/ca.crl\nauthorityInfoAccess=OCSP;URI:${origin}/ocsp\n`;

export async function startTimeAuthority(): Promise<TestAuthority> {
  const folder = temporaryFolder();
  const run = (args: string) => execFileSync(OPENSSL, args.split(' '), { cwd: folder, stdio: 'pipe' });
  writeFileSync(join(folder, 'openssl.cnf'), CONFIG);
  writeFileSync(join(folder, 'serial'), '01\n');
  writeFileSync(join(folder, 'index.txt'), '');
  let does: Parameters<TestAuthority['turn']>[0] = 'answers';
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (does === 'silent') return void request.socket.destroy();
    response.end(await answerTo(request.url ?? '', Buffer.concat(parts)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(
    join(folder, 'tsa.ext'),
    `basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n${placesAt(origin)}`,
  );
  const key = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes';
  run(`req -x509 ${key} -keyout ca.key -out ca.pem -days 30 -subj /CN=root.example`);
  run(`req ${key} -keyout tsa.key -out tsa.csr -subj /CN=time.example`);
  run(
    'x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile tsa.ext -out tsa.pem',
  );
  run('ca -gencrl -config openssl.cnf -cert ca.pem -keyfile ca.key -out ca.pem.crl');
  run('crl -in ca.pem.crl -outform DER -out ca.crl');
  const answerTo = async (path: string, asked: Buffer): Promise<Buffer> => {
    if (path === '/ca.crl') return readFileSync(join(folder, 'ca.crl'));
    const query = join(folder, `${randomUUID()}.query`);
    const signs = (args: string) => promisify(execFile)(OPENSSL, args.split(' '), { cwd: folder });
    if (path === '/ocsp') {
      writeFileSync(query, asked);
      await signs(
        `ocsp -index index.txt -rsigner ca.pem -rkey ca.key -CA ca.pem -reqin ${query} -respout ${query}.out`,
      );
    } else {
      if (does === 'answers') writeFileSync(query, asked);
      else run(`ts -query -data openssl.cnf -sha256 -cert -out ${query}`);
      await signs(`ts -reply -config openssl.cnf -queryfile ${query} -out ${query}.out`);
    }
    return readFileSync(`${query}.out`);
  };
  return {
    url: `${origin}/`,
    roots: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    rootsPath: join(folder, 'ca.pem'),
    turn: (to) => {
      does = to;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
