import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { MailProblem, MailSecrets, SignIn } from './mailbox.ts';

const WAIT_MS = 20_000;
const ANSWER_LIMIT = 64_000;

type Tokens = { readonly accessToken: string; readonly refreshToken: string | null };

/**
 * Has a provider give a fresh access token for a refresh token.
 *
 * @source RFC 6749 §6
 */
export async function renewToken(
  { tokenEndpoint, clientId }: Extract<SignIn, { by: 'oauth2' }>,
  { refreshToken = '', clientSecret }: MailSecrets,
): Promise<Outcome<Tokens, MailProblem>> {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    ...(clientSecret ? { client_secret: clientSecret } : {}),
  });
  // A token is sent to nobody whom its endpoint may point to.
  const asked = { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(WAIT_MS) } as const;
  const response = await fetch(tokenEndpoint, asked).catch(() => null);
  if (!response) return refuse('server-unreachable');
  const text = (await response.text().catch(() => '')).slice(0, ANSWER_LIMIT);
  return response.ok ? tokensIn(text) : refuse('token-refused', { answer: errorWord(text) });
}

function tokensIn(text: string): Outcome<Tokens, MailProblem> {
  const read = parsed(text);
  if (typeof read.access_token !== 'string') return refuse('token-refused', { answer: '' });
  const refreshToken = typeof read.refresh_token === 'string' ? read.refresh_token : null;
  return accept({ accessToken: read.access_token, refreshToken });
}

/** Only the word that RFC 6749 §5.2 defines: the rest of an answer may repeat what we sent. */
function errorWord(text: string): string {
  const { error } = parsed(text);
  return typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : '';
}

function parsed(text: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
