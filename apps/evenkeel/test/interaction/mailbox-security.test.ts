import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { atEnd } from '../support/at-end.ts';
import { certificateFor, HAS_OPENSSL, trust } from '../support/certificates.ts';
import { HAS_DOVECOT } from '../support/mail-programs.ts';
import { type Dovecot, IMAP_PASSWORD, startDovecot } from '../support/mail-servers.ts';
import { mail } from '../support/mails.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { startTokenProvider, type TokenProvider } from '../support/token-provider.ts';

const app = await testApp(await testDatabase());
const ME = 'me@firm.example';

type Row = Readonly<Record<string, unknown>>;
type Security = 'tls' | 'starttls';

const settingsFor = (port: number, security: Security | 'none', signIn: Row = { by: 'password' }) => ({
  kind: 'imap',
  imap: { host: '127.0.0.1', port, security },
  smtp: null,
  signIn: { user: ME, ...signIn },
});

async function tried(settings: Row, secrets: Row = { password: IMAP_PASSWORD }): Promise<Row> {
  const response = await app.call('POST', '/api/mailboxes/try', { settings, secrets });
  return (await response.json()) as Row;
}

const WORKS = { inbox: 'INBOX', sent: 'Sent' };

describe.skipIf(!HAS_DOVECOT || !HAS_OPENSSL)('a server that encrypts', () => {
  test.each<[Security]>([['tls'], ['starttls']])(
    'by %s: a certificate that nobody vouches for is refused before anything is said, a trusted one is taken',
    async (security) => {
      const certificate = certificateFor('IP:127.0.0.1');
      const dovecot = await startDovecot(ME, { certificate, isTls: security === 'tls' });
      expect(await tried(settingsFor(dovecot.port, security))).toMatchObject({ code: 'certificate-refused' });
      atEnd(trust(certificate));
      expect(await tried(settingsFor(dovecot.port, security))).toEqual(WORKS);
    },
    60_000,
  );

  test.each<[Security]>([['tls'], ['starttls']])(
    'by %s: a trusted certificate for another name is refused',
    async (security) => {
      const certificate = certificateFor('DNS:imap.other.example');
      const dovecot = await startDovecot(ME, { certificate, isTls: security === 'tls' });
      atEnd(trust(certificate));
      expect(await tried(settingsFor(dovecot.port, security))).toMatchObject({ code: 'certificate-refused' });
    },
    60_000,
  );

  test('TLS on a port that speaks in clear first is said so, and so is STARTTLS where there is none', async () => {
    const dovecot = await startDovecot(ME);
    for (const security of ['tls', 'starttls'] as const)
      expect(await tried(settingsFor(dovecot.port, security))).toMatchObject({ code: 'tls-missing' });
  });
});

describe.skipIf(!HAS_DOVECOT)('a server that takes tokens', () => {
  const signIn = ({ endpoint }: TokenProvider) => ({
    ...{ by: 'oauth2', tokenEndpoint: endpoint, clientId: 'evenkeel-test' },
  });

  async function kept(dovecot: Dovecot, provider: TokenProvider): Promise<string> {
    const { id } = await app.ask<{ id: string }>('POST', '/api/mailboxes', {
      ...{ address: ME, allows: 'known', parties: [], isOn: false },
      settings: settingsFor(dovecot.port, 'none', signIn(provider)),
      secrets: { refreshToken: provider.refreshToken() },
    });
    return id;
  }

  test.each<['xoauth2' | 'oauthbearer']>([['xoauth2'], ['oauthbearer']])(
    'by %s: the token is renewed before each reading, and the refresh token that came with it is the next one',
    async (mechanism) => {
      const provider = await startTokenProvider(ME);
      const tokens = { mechanism, askAt: provider.askAt };
      const dovecot = await startDovecot(ME, { tokens });
      const from = `token@${mechanism}.example`;
      await app.ask('POST', '/api/parties', { name: from, state: 'client', identifiers: [from] });
      dovecot.deliver('INBOX', [mail({ subject: mechanism, from })]);
      const id = await kept(dovecot, provider);
      for (const readings of [1, 2]) {
        const { items } = await app.ask<{ items: readonly Row[] }>('POST', `/api/mailboxes/${id}/read`);
        expect(items.find((one) => one.id === id)).toMatchObject({ problem: null, totals: { imported: 1 } });
        expect(provider.renewals()).toBe(readings);
      }
      provider.revoke();
      const refused = await app.call('POST', `/api/mailboxes/${id}/read`);
      expect(await refused.json()).toMatchObject({ code: 'mail-sign-in-refused' });
      expect(filesWith('xyzzy-secret')).toEqual([]);
      const list = await (await app.call('GET', '/api/mailboxes')).text();
      expect(list).not.toContain('xyzzy-secret');
      await app.ask('DELETE', `/api/mailboxes/${id}`);
    },
    90_000,
  );

  test('a refresh token that the provider takes no more is said so, without its words', async () => {
    const provider = await startTokenProvider(ME);
    const settings = settingsFor(1, 'none', signIn(provider));
    const refused = await tried(settings, { refreshToken: 'old-xyzzy-secret' });
    expect(refused).toMatchObject({ code: 'token-refused', params: { answer: 'invalid_grant' } });
    expect(JSON.stringify(refused)).not.toContain('xyzzy');
  });
});

function filesWith(text: string): readonly string[] {
  try {
    const found = execFileSync('grep', ['-rlaF', text, app.dataDir], { encoding: 'utf8' });
    return found.split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
