import { createServer } from 'node:http';
import { atEnd } from './at-end.ts';

export type TokenProvider = {
  /** Where tokens are renewed. */
  readonly endpoint: string;
  /** Where a server asks whose a token is. */
  readonly askAt: string;
  /** The refresh token that is good now; another is given with every answer. */
  readonly refreshToken: () => string;
  readonly renewals: () => number;
  /** From now on nobody's token is good. */
  readonly revoke: () => void;
};

/** A provider of tokens on this machine, which gives a new refresh token with every access token. @source RFC 6749 6 */
export async function startTokenProvider(user: string): Promise<TokenProvider> {
  let renewals = 0;
  let isRevoked = false;
  const refresh = (count: number) => `refresh-${count}-xyzzy-secret`;
  const access = () => `access-${renewals}-xyzzy-secret`;
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://localhost');
    const say = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (url.pathname === '/whose') {
      const isGood = !isRevoked && url.searchParams.get('access_token') === access();
      return isGood ? say(200, { email: user, active: 'yes' }) : say(401, { error: 'invalid_token' });
    }
    let form = '';
    request.on('data', (piece: Buffer) => {
      form += piece.toString();
    });
    request.on('end', () => {
      const given = new URLSearchParams(form).get('refresh_token');
      if (given !== refresh(renewals)) return say(400, { error: 'invalid_grant', was: given });
      renewals += 1;
      say(200, { access_token: access(), refresh_token: refresh(renewals), expires_in: 3600 });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return {
    endpoint: `http://127.0.0.1:${port}/token`,
    askAt: `http://127.0.0.1:${port}/whose`,
    refreshToken: () => refresh(renewals),
    renewals: () => renewals,
    revoke: () => {
      isRevoked = true;
    },
  };
}
