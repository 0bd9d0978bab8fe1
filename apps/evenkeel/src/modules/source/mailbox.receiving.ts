import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Envelope, MailProblem, ReceivingSettings } from './mailbox.ts';

/** A mail that somebody handed to us, with what was said around it; `at` is for whoever has a clock. */
export type Handed = { readonly bytes: Uint8Array; readonly envelope: Omit<Envelope, 'at'> };

const MOST_CLIENTS = 20;
const SILENCE_MS = 60_000;
const OURS = '127.0.0.1';

/**
 * Takes mail on a port of this machine. Whoever hands it over hears that it was taken only when `keep` is done: then it
 * is durable, or left out by choice.
 *
 * @returns how to stop
 */
export async function receiveMail(
  { protocol, port, maxBytes, maxRecipients }: ReceivingSettings,
  keep: (mail: Handed) => Promise<void>,
): Promise<Outcome<() => Promise<void>, MailProblem>> {
  const { SMTPServer } = await import('smtp-server');
  const server = new SMTPServer({
    ...{ lmtp: protocol === 'lmtp', name: 'localhost', banner: 'ready', size: maxBytes },
    ...{ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], hideSTARTTLS: true },
    ...{ useXForward: true, disableReverseLookup: true, logger: false },
    ...{ maxClients: MOST_CLIENTS, socketTimeout: SILENCE_MS },
    onRcptTo: (_address, session, done) =>
      session.envelope.rcptTo.length < maxRecipients ? done() : done(refusal(452, 'too many recipients')),
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      let sizeBytes = 0;
      stream.on('data', (piece: Buffer) => {
        sizeBytes += piece.length;
        // What is too large is read to its end, but not held.
        if (sizeBytes <= maxBytes) pieces.push(piece);
        else pieces.length = 0;
      });
      stream.on('end', () => {
        if (sizeBytes > maxBytes) return done(refusal(552, 'too large'));
        keep({ bytes: Buffer.concat(pieces), envelope: envelopeOf(session, protocol) }).then(
          () => done(null, 'taken'),
          () => done(refusal(451, 'not now')),
        );
      });
    },
  });
  const listening = await new Promise<boolean>((resolve) => {
    server.on('error', () => resolve(false));
    server.listen(port, OURS, () => resolve(true));
  });
  if (!listening) return refuse('port-taken');
  return accept(() => new Promise<void>((resolve) => server.close(() => resolve())));
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

type Session = {
  readonly envelope: {
    readonly mailFrom: false | { readonly address: string };
    readonly rcptTo: readonly { readonly address: string }[];
  };
  readonly remoteAddress: string;
  readonly hostNameAppearsAs: string | false;
  readonly xForward: ReadonlyMap<string, unknown>;
};

const LONGEST = 1000;

function envelopeOf(session: Session, protocol: 'smtp' | 'lmtp'): Handed['envelope'] {
  const { envelope, remoteAddress, hostNameAppearsAs, xForward } = session;
  const short = (text: string) => text.replaceAll('\0', '').toWellFormed().slice(0, LONGEST);
  const client = xForward.get('ADDR');
  const helo = xForward.get('HELO');
  return {
    mailFrom: envelope.mailFrom ? short(envelope.mailFrom.address) : '',
    rcptTo: envelope.rcptTo.map(({ address }) => short(address)),
    peer: remoteAddress,
    greeting: short(typeof helo === 'string' && helo ? helo : hostNameAppearsAs || '') || null,
    client: typeof client === 'string' && client ? short(client) : null,
    protocol,
  };
}
